import { deployment, ingress, ingressClass, node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./entry-accepts-old-tls";

const ALB = ingressClass("ingress.k8s.aws/alb");
const PREFIX = "alb.ingress.kubernetes.io";
const HTTPS = { [`${PREFIX}/listen-ports`]: '[{"HTTPS":443}]', [`${PREFIX}/ssl-redirect`]: "443" };
const alb = (annotations: Record<string, string> = {}, name = "app") => ingress({ name, annotations: { ...HTTPS, ...annotations } });
const POLICY = `${PREFIX}/ssl-policy`;
const POLICY_PATH = `metadata.annotations["${POLICY}"]`;
const NEW = "ELBSecurityPolicy-TLS13-1-2-2021-06";
const GROUP = { [`${PREFIX}/group.name`]: "web" };
const controller = (...args: string[]) =>
  deployment({ name: "lbc", container: { image: "public.ecr.aws/eks/aws-load-balancer-controller:v2.14.0", args: ["--cluster-name=a", ...args] } });
const parameters = (spec: object, apiVersion = "elbv2.k8s.aws/v1beta1") => ({ apiVersion, kind: "IngressClassParams", metadata: { name: "alb" }, spec });
const classWith = (apiGroup = "elbv2.k8s.aws", name = "ingress.k8s.aws/alb") =>
  ingressClass(name, { parameters: { apiGroup, kind: "IngressClassParams", name: "alb" } });

const aws = node({ spec: { providerID: "aws:///a/i-1" } });
const K8S = "service.beta.kubernetes.io/aws-load-balancer";
const CERTIFICATE = { [`${K8S}-ssl-cert`]: "arn:aws:acm:x" };
const SERVICE_POLICY = `${K8S}-ssl-negotiation-policy`;
const SERVICE_PATH = `metadata.annotations["${SERVICE_POLICY}"]`;
const balancer = (annotations: Record<string, string> = {}, spec: object = {}) =>
  service({
    annotations: { ...CERTIFICATE, ...annotations },
    spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"], ports: [{ port: 443 }], ...spec },
  });
const withPolicy = (policy: string) => balancer({ [SERVICE_POLICY]: policy });
const BY_CONTROLLER = { loadBalancerClass: "service.k8s.aws/nlb" };

const onIngress = { kind: "Ingress", name: "app" };
const onService = { kind: "Service", name: "app" };
const onParameters = { kind: "IngressClassParams", name: "alb" };

describeControl(control, {
  fails: [
    {
      name: "an Ingress names an old policy",
      objects: [ALB, alb({ [POLICY]: "ELBSecurityPolicy-TLS13-1-0-2021-06" })],
      target: onIngress,
      severity: "medium",
      evidence: [
        {
          path: POLICY_PATH,
          value: "ELBSecurityPolicy-TLS13-1-0-2021-06",
          message: "The policy ELBSecurityPolicy-TLS13-1-0-2021-06 accepts TLS 1.0.",
        },
      ],
    },
    { name: "one of FIPS", objects: [ALB, alb({ [POLICY]: "ELBSecurityPolicy-TLS13-1-1-FIPS-2023-04" })], target: onIngress },
    { name: "of a class that is not there", objects: [alb({ [POLICY]: "ELBSecurityPolicy-FS-2018-06" })], target: onIngress },
    {
      name: "an Ingress names none, and the controller is told none",
      objects: [ALB, controller(), alb()],
      target: onIngress,
      evidence: [{ path: POLICY_PATH, value: null, message: "No policy is named, and the default, ELBSecurityPolicy-2016-08, accepts TLS 1.0." }],
    },
    {
      name: "an Ingress names none, and the controller an old one",
      objects: [ALB, controller("--default-ssl-policy", "ELBSecurityPolicy-TLS-1-1-2017-01"), alb()],
      target: onIngress,
      evidence: [{ path: POLICY_PATH, message: "No policy is named, and the default, ELBSecurityPolicy-TLS-1-1-2017-01, accepts TLS 1.1." }],
    },
    { name: "nor do the settings of its class", objects: [classWith(), parameters({}), controller(), alb()], target: onIngress },
    {
      name: "the settings of its class have the certificate",
      objects: [classWith(), parameters({ certificateArn: ["arn:aws:acm:x"] }), controller(), ingress()],
      target: onIngress,
    },
    { name: "nor does another of its group", objects: [ALB, controller(), alb(GROUP), alb(GROUP, "other")], target: onIngress },
    {
      name: "the settings of a class name an old policy",
      objects: [classWith(), parameters({ sslPolicy: "ELBSecurityPolicy-2016-08" }), alb()],
      target: onParameters,
      evidence: [{ path: "spec.sslPolicy", value: "ELBSecurityPolicy-2016-08" }],
    },
    {
      name: "a Service names an old policy",
      objects: [aws, withPolicy("ELBSecurityPolicy-2015-05")],
      target: onService,
      evidence: [{ path: SERVICE_PATH, value: "ELBSecurityPolicy-2015-05" }],
    },
    {
      name: "a Service names none",
      objects: [aws, balancer()],
      target: onService,
      evidence: [{ path: SERVICE_PATH, value: null, message: "No policy is named, and the default, ELBSecurityPolicy-2016-08, accepts TLS 1.0." }],
    },
    { name: "a Service of the controller names none", objects: [aws, controller(), balancer({}, BY_CONTROLLER)], target: onService },
    { name: "a Service inside names none", objects: [aws, balancer({ [`${K8S}-internal`]: "true" })], target: onService },
  ],
  passes: [
    { name: "an Ingress names a new policy", objects: [ALB, alb({ [POLICY]: NEW })], target: onIngress },
    { name: "a policy for keys after quantum computers", objects: [ALB, alb({ [POLICY]: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09" })], target: onIngress },
    {
      name: "a policy of the suites for secrets of the United States",
      objects: [ALB, alb({ [POLICY]: "ELBSecurityPolicy-TLS13-1-2-Ext0-RFC9151-FIPS-2023-07" })],
      target: onIngress,
    },
    {
      name: "one of them for clients that have not all of those",
      objects: [ALB, alb({ [POLICY]: "ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07" })],
      target: onIngress,
    },
    { name: "a policy of more suites", objects: [ALB, alb({ [POLICY]: "ELBSecurityPolicy-TLS-1-2-Ext-2018-06" })], target: onIngress },
    { name: "the controller is told a new one", objects: [ALB, controller(`--default-ssl-policy=${NEW}`), alb()], target: onIngress },
    { name: "the settings of a class name a new policy", objects: [classWith(), parameters({ sslPolicy: NEW })], target: onParameters },
    { name: "a Service names a new policy", objects: [aws, withPolicy("ELBSecurityPolicy-FS-1-2-Res-2020-10")], target: onService },
    {
      name: "a Service of the controller, which is told a new one",
      objects: [aws, controller(`--default-ssl-policy=${NEW}`), balancer({ [`${K8S}-type`]: "external" })],
      target: onService,
    },
  ],
  notApplicable: [
    {
      name: "an Ingress of nginx",
      objects: [ingressClass(), ingress({ annotations: { [POLICY]: "ELBSecurityPolicy-2016-08" } })],
      target: onIngress,
      reason: "Which versions are accepted is in settings of its controller, not in the Ingress.",
    },
    {
      name: "an Ingress over plain HTTP alone, whose class has a certificate",
      objects: [
        classWith(),
        parameters({ certificateArn: ["arn:aws:acm:x"] }),
        controller(),
        ingress({ annotations: { [`${PREFIX}/listen-ports`]: '[{"HTTP":80}]' } }),
      ],
      target: onIngress,
      reason: "Its load balancer ends no TLS for it.",
    },
    { name: "an Ingress over plain HTTP", objects: [ALB, controller(), ingress()], target: onIngress, reason: "Its load balancer ends no TLS for it." },
    {
      name: "the settings of its class name a policy",
      objects: [classWith(), parameters({ sslPolicy: NEW }), controller(), alb({ [POLICY]: "ELBSecurityPolicy-2016-08" })],
      target: onIngress,
      reason: "The IngressClassParams alb name the policy for all Ingresses of the class.",
    },
    {
      name: "another Ingress of its group names a policy",
      objects: [ALB, controller(), alb(GROUP), alb({ ...GROUP, [POLICY]: NEW }, "other")],
      target: onIngress,
      reason: "Ingress shop/other of the same group names the policy of their load balancer.",
    },
    {
      name: "another Ingress of the group of its class",
      objects: [classWith(), parameters({ group: { name: "all" } }), controller(), alb(), alb({ [POLICY]: NEW }, "other")],
      target: onIngress,
    },
    { name: "settings of a class without a policy", objects: [classWith(), parameters({ scheme: "internal" })], target: onParameters },
    { name: "a Service of another type", objects: [aws, service({ annotations: CERTIFICATE })], target: onService },
    { name: "a certificate for no port", objects: [aws, balancer({ [`${K8S}-ssl-ports`]: "8443" })], target: onService },
    { name: "a Service of another cloud", objects: [node({ spec: { providerID: "gce://a/b/c" } }), balancer()], target: onService },
    { name: "a Service of another class", objects: [aws, balancer({}, { loadBalancerClass: "tailscale" })], target: onService },
  ],
  unknown: [
    {
      name: "a policy that somebody made",
      objects: [aws, withPolicy("our-policy")],
      target: onService,
      reason: "What the policy our-policy accepts is not known: it is none of those that AWS had on 2026-11-29.",
    },
    { name: "a policy of a later year without a version", objects: [ALB, alb({ [POLICY]: "ELBSecurityPolicy-2031-08" })], target: onIngress },
    {
      name: "no controller is seen",
      objects: [ALB, alb()],
      target: onIngress,
      reason: "No policy is named, and the default is in arguments of the AWS Load Balancer Controller, which are not seen.",
    },
    {
      name: "two controllers with different policies",
      objects: [ALB, controller(), { ...controller(`--default-ssl-policy=${NEW}`), kind: "DaemonSet" }, alb()],
      target: onIngress,
    },
    {
      name: "classes cannot be read",
      objects: [ALB, controller(), alb({ [POLICY]: "ELBSecurityPolicy-2016-08" })],
      target: onIngress,
      missing: ["ingressClasses"],
    },
    { name: "workloads cannot be read", objects: [ALB, controller(), alb()], target: onIngress, missing: ["workloads"] },
    { name: "the default is none that is known", objects: [ALB, controller("--default-ssl-policy=ours"), alb()], target: onIngress },
    {
      name: "the settings of its class are not there",
      objects: [classWith(), controller(), alb()],
      target: onIngress,
      reason: "Which versions are accepted may be in the IngressClassParams alb, which are not seen.",
    },
    {
      name: "settings of that name for another controller",
      objects: [classWith(), parameters({}, "eks.amazonaws.com/v1"), controller(), alb()],
      target: onIngress,
    },
    { name: "others of its group may be elsewhere", objects: [ALB, controller(), alb(GROUP)], target: onIngress, complete: false },
    { name: "an Ingress of EKS itself", objects: [ingressClass("eks.amazonaws.com/alb"), controller(), alb()], target: onIngress },
    {
      name: "an Ingress of EKS itself, with the certificate in the settings of its class",
      objects: [
        classWith("eks.amazonaws.com", "eks.amazonaws.com/alb"),
        parameters({ certificateARNs: ["arn:aws:acm:x"] }, "eks.amazonaws.com/v1"),
        ingress({ name: "app" }),
      ],
      target: onIngress,
      reason: "No policy is named, and which one EKS takes by itself is not known.",
    },
    { name: "a Service of EKS itself", objects: [aws, controller(), balancer({}, { loadBalancerClass: "eks.amazonaws.com/nlb" })], target: onService },
    { name: "nothing tells the cloud", objects: [balancer()], target: onService },
    {
      name: "a load balancer of Google Cloud",
      objects: [ingress({ annotations: { "kubernetes.io/ingress.class": "gce" }, spec: { ingressClassName: "gce" } })],
      target: onIngress,
    },
  ],
});
