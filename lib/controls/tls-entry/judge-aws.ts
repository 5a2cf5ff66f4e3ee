import { platformView } from "../../inventory/cloud/cloud-provider";
import { AWS_DEFAULT_TLS_POLICY, AWS_TLS_POLICIES_AS_OF, findLowestTls } from "../../inventory/data/aws-tls-policies";
import type { KubeObject } from "../../inventory/kube-object";
import { AWS_CERTIFICATE, awsDefaultPolicyView, isAwsTls } from "../../inventory/routes/aws-tls";
import { findIngressController, mayHeed } from "../../inventory/routes/ingress-controller";
import { ALB_LISTEN_PORTS, albListeners, servesTls } from "../../inventory/routes/ingress-tls";
import { readLoadBalancer } from "../../inventory/routes/load-balancer";
import { type Context, defineView } from "../../inventory/view";
import { formatPath } from "../../model/field-path";
import { list, record, records, text } from "../../model/json";
import { apiGroup } from "../../model/resource-ref";
import { notApplicable, type Outcome, unknown, weakness } from "../define";
import type { IstioContext } from "./istio-defaults";
import { judgeRoutedIngress } from "./judge-ingress";
import { oldTls } from "./old-tls";

const ALB_POLICY = "alb.ingress.kubernetes.io/ssl-policy";
const ALB_GROUP = "alb.ingress.kubernetes.io/group.name";
const K8S = "service.beta.kubernetes.io/aws-load-balancer-";
const SERVICE_POLICY = `${K8S}ssl-negotiation-policy`;
const NLB_CLASS = "service.k8s.aws/nlb";
const OF_EKS = /^eks\.amazonaws\.com\//;

const toPath = (annotation: string): string => formatPath(["metadata", "annotations", annotation]);

const isOld = (lowest: string): boolean => lowest < "1.2";

function judgePolicy(path: string, policy: string): Outcome {
  const lowest = findLowestTls(policy);
  if (lowest === null) return unknown(`What the policy ${policy} accepts is not known: it is none of those that AWS had on ${AWS_TLS_POLICIES_AS_OF}.`);
  return isOld(lowest) ? [oldTls(path, policy, `The policy ${policy} accepts TLS ${lowest}`, true)] : [];
}

function judgeDefault(path: string, policy: string): Outcome {
  const lowest = findLowestTls(policy);
  if (lowest === null) return unknown(`No policy is named, and what the default, ${policy}, accepts is not known.`);
  return isOld(lowest) ? [weakness(path, undefined, `No policy is named, and the default, ${policy}, accepts TLS ${lowest}.`)] : [];
}

/** What the AWS Load Balancer Controller gives by its arguments. */
function judgeControllerDefault(path: string, { view }: Context<"workloads">): Outcome {
  const policy = view(awsDefaultPolicyView);
  return policy === null
    ? unknown("No policy is named, and the default is in arguments of the AWS Load Balancer Controller, which are not seen.")
    : judgeDefault(path, policy);
}

interface Parameters {
  readonly name: string;
  /** Null = it could not be read, or is not there. */
  readonly found: KubeObject | null;
}

/** The settings that the class of an Ingress hands to the controller; null = it hands none. */
const classParametersView = defineView({
  reads: ["ingressClasses", "tlsSettings"],
  compute: ({ slices }): ((className: string) => Parameters | null) => {
    const classes = new Map(slices.ingressClasses.map((item) => [item.ref.name, item]));
    const settings = slices.tlsSettings.filter(({ ref }) => ref.kind === "IngressClassParams");
    const byKey = new Map(settings.map((item) => [`${apiGroup(item.ref)}/${item.ref.name}`, item]));
    return (className) => {
      const { apiGroup: group, name } = record(record(classes.get(className)?.body.spec).parameters);
      const named = text(name);
      return named === undefined ? null : { name: named, found: byKey.get(`${text(group)}/${named}`) ?? null };
    };
  },
});

function groupOf({ annotations }: KubeObject, parameters: Parameters | null): string {
  return text(record(record(parameters?.found?.body.spec).group).name) ?? annotations[ALB_GROUP] ?? "";
}

/** An Ingress of each group that names the policy of the load balancer that they share. */
const groupPoliciesView = defineView({
  reads: ["ingresses", "ingressClasses", "tlsSettings"],
  compute: (context): ReadonlyMap<string, KubeObject> => {
    const toParameters = context.view(classParametersView);
    const naming = context.slices.ingresses.filter(({ annotations }) => annotations[ALB_POLICY] !== undefined);
    return new Map(naming.map((ingress) => [groupOf(ingress, toParameters(findIngressController(ingress, context).className)), ingress]));
  },
});

type IngressContext = Context<"ingresses" | "ingressClasses" | "tlsSettings"> & IstioContext;

export function judgeIngress(ingress: KubeObject, context: IngressContext): Outcome {
  if (!context.isRead("ingressClasses")) return unknown("Which controller serves it is in its IngressClass, and these were not read.");
  const policy = ingress.annotations[ALB_POLICY];
  const controller = findIngressController(ingress, context);
  if (controller.family === "gce" && servesTls(ingress, controller, context))
    return unknown("Which versions its load balancer accepts is in an SSL policy of the project on Google Cloud, which the cluster does not show.");
  if (controller.family !== "alb" && !(policy !== undefined && mayHeed(controller, "alb"))) return judgeRoutedIngress(ingress, controller, context);
  const parameters = context.view(classParametersView)(controller.className);
  if (parameters?.found === null) return unknown(`Which versions are accepted may be in the IngressClassParams ${parameters.name}, which are not seen.`);
  const { sslPolicy, certificateArn, certificateARNs } = record(parameters?.found.body.spec);
  // As the AWS Load Balancer Controller calls them, and as EKS itself does.
  const hasCertificate = list(certificateArn).length > 0 || list(certificateARNs).length > 0;
  const hasTls = albListeners(ingress).https || (hasCertificate && ingress.annotations[ALB_LISTEN_PORTS] === undefined);
  if (!hasTls) return notApplicable("Its load balancer ends no TLS for it.");
  if ((text(sslPolicy) ?? "") !== "") return notApplicable(`The IngressClassParams ${parameters?.name} name the policy for all Ingresses of the class.`);
  const path = toPath(ALB_POLICY);
  if (policy !== undefined) return judgePolicy(path, policy);
  const group = groupOf(ingress, parameters);
  const naming = group === "" ? undefined : context.view(groupPoliciesView).get(group);
  if (naming) return notApplicable(`Ingress ${naming.ref.namespace}/${naming.ref.name} of the same group names the policy of their load balancer.`);
  if (group !== "" && !context.isComplete)
    return unknown(`Another Ingress of the group ${group} may name the policy of their load balancer: these manifests need not show them all.`);
  if (OF_EKS.test(controller.name)) return unknown("No policy is named, and which one EKS takes by itself is not known.");
  return judgeControllerDefault(path, context);
}

export function judgeClassParameters({ body }: KubeObject): Outcome {
  const policy = text(record(body.spec).sslPolicy) ?? "";
  return policy === "" ? notApplicable("They name no policy: each Ingress of the class does, or the controller.") : judgePolicy("spec.sslPolicy", policy);
}

/** Whether the AWS Load Balancer Controller makes the load balancer, which alone reads its default from arguments. */
export function isMadeByController({ annotations, body }: KubeObject): boolean {
  const type = annotations[`${K8S}type`];
  return record(body.spec).loadBalancerClass === NLB_CLASS || type === "external" || type === "nlb-ip";
}

export function judgeService(service: KubeObject, context: Context<"nodes" | "workloads">): Outcome {
  const { annotations, body } = service;
  const balancer = readLoadBalancer(service, context.view(platformView).provider);
  const spec = record(body.spec);
  if (!balancer || !records(spec.ports).some((port) => isAwsTls(service, port))) return notApplicable("No load balancer of AWS ends TLS for it.");
  if (balancer.cloud === null) return unknown(`Only AWS heeds the annotation ${AWS_CERTIFICATE}, and nothing tells whether this cluster runs there.`);
  const ownClass = text(spec.loadBalancerClass) ?? "";
  const isEks = OF_EKS.test(ownClass);
  if (balancer.cloud !== "aws" || !(ownClass === "" || ownClass === NLB_CLASS || isEks)) return notApplicable("No load balancer of AWS ends TLS for it.");
  const policy = annotations[SERVICE_POLICY];
  const path = toPath(SERVICE_POLICY);
  if (policy !== undefined) return judgePolicy(path, policy);
  if (isEks) return unknown("No policy is named, and which one EKS takes by itself is not known.");
  return isMadeByController(service) ? judgeControllerDefault(path, context) : judgeDefault(path, AWS_DEFAULT_TLS_POLICY);
}
