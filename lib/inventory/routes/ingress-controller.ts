import { record, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import type { Context } from "../view";

/**
 * `nginx` = the ingress-nginx of the Kubernetes project, `nginx-org` = the controller of the company that makes NGINX; `haproxy` = that of HAProxy
 * Technologies, `haproxy-ingress` = the project of that name, which reads other annotations.
 */
export type ControllerFamily = "nginx" | "nginx-org" | "alb" | "gce" | "haproxy" | "haproxy-ingress" | "other";

export interface IngressController {
  /** `other` = one whose defaults are not known here, or none that is named. */
  readonly family: ControllerFamily;
  /** Its class says which it is; else the family is read off a name that anybody may have given. */
  readonly isTold: boolean;
  /** As its class names it; "" = it does not. */
  readonly name: string;
  /** Of its class; "" = the Ingress names none, and no class is the default. */
  readonly className: string;
  /** The class hands settings to the controller in an object of its own, which is not read. */
  readonly hasParameters: boolean;
}

const IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";

/** What the two of NGINX are told by: the class of either is called nginx where nobody chose another name. */
const OF_NGINX_ORG = /^nginx\.(?:org|com)\//;
const OF_INGRESS_NGINX = /^nginx\.ingress\.kubernetes\.io\//;

/** What the two of HAProxy are told by, names of controllers and of annotations alike: the class of either is called haproxy. */
const OF_HAPROXY = /^haproxy\.(?:org|com)\//;
const OF_HAPROXY_INGRESS = /^haproxy-ingress\.github\.io\//;

/** One that is told by its name may read the annotations of both. */
function haproxyOf(name: string, annotations: KubeObject["annotations"], isTold: boolean): ControllerFamily {
  const names = isTold ? [name] : Object.keys(annotations);
  const isVendors = names.some((item) => OF_HAPROXY.test(item));
  if (names.some((item) => OF_HAPROXY_INGRESS.test(item)) && !isVendors) return "haproxy-ingress";
  return isVendors || !isTold ? "haproxy" : "other";
}

function familyOf(name: string, annotations: KubeObject["annotations"], isTold: boolean): ControllerFamily {
  if (isTold && OF_NGINX_ORG.test(name)) return "nginx-org";
  if (/nginx/.test(name)) {
    const names = isTold ? [] : Object.keys(annotations);
    return names.some((item) => OF_NGINX_ORG.test(item)) && !names.some((item) => OF_INGRESS_NGINX.test(item)) ? "nginx-org" : "nginx";
  }
  // Azure and Alibaba call theirs by the same letters.
  if (/alb|elbv2/.test(name) && !/azure|alibaba/.test(name)) return "alb";
  if (/haproxy/.test(name)) return haproxyOf(name, annotations, isTold);
  if (/^gce/.test(name)) return "gce";
  return !isTold && annotations["alb.ingress.kubernetes.io/scheme"] !== undefined ? "alb" : "other";
}

/** Whether an annotation of one family may say something to this controller. */
export function mayHeed({ family, isTold }: IngressController, annotationOf: ControllerFamily): boolean {
  return family === annotationOf || (family === "other" && !isTold);
}

/** Of the others, those that are known to read no annotations but their own. */
const READS_ITS_OWN = /^(?:traefik\.io|ingress-controllers\.konghq\.com|cilium\.io|istio\.io|azure\/application-gateway)(?:\/|$)/;

/** Whether what is written for one family is certain to say nothing to this controller. */
export function ignores({ family, isTold, name }: IngressController, annotationOf: ControllerFamily): boolean {
  if (family === "other") return annotationOf !== "other" && READS_ITS_OWN.test(name);
  return isTold && family !== annotationOf;
}

/** What classes of others are called where nobody chose another name. */
const OF_CUSTOM = /traefik|kong|cilium|istio|contour|openshift|application-gateway|webapprouting/;

/** Whether a name of a class or of a controller of no family is that of one whose annotations are known. */
export function isUsual(name: string): boolean {
  return OF_CUSTOM.test(name);
}

/** In a part of a cluster, whether nothing shows who serves an Ingress: its class is not there, and its name is no usual one. */
export function isUntold({ family, isTold, className }: IngressController, { isComplete }: { readonly isComplete: boolean }): boolean {
  const isNamed = family === "other" ? isUsual(className) : family !== "alb" || /alb|elbv2/.test(className);
  return !isComplete && !isTold && !isNamed;
}

/** Of several that are the default, the server fills in the newest; of those of one second, the first by name. */
function findDefaultClass(classes: readonly KubeObject[]): KubeObject | undefined {
  const createdAt = ({ body }: KubeObject) => text(record(body.metadata).creationTimestamp) ?? "";
  const byAge = (a: KubeObject, b: KubeObject) => (createdAt(a) === createdAt(b) ? (a.ref.name < b.ref.name ? -1 : 1) : createdAt(a) > createdAt(b) ? -1 : 1);
  return classes.filter(({ annotations }) => annotations[IS_DEFAULT] === "true").toSorted(byAge)[0];
}

/** Who serves an Ingress: the controller of the class that it names, or of the one that the server fills in. */
export function findIngressController({ body, annotations }: KubeObject, { slices }: Context<"ingressClasses">): IngressController {
  const named = text(record(body.spec).ingressClassName) ?? annotations["kubernetes.io/ingress.class"];
  const found = named === undefined ? findDefaultClass(slices.ingressClasses) : slices.ingressClasses.find(({ ref }) => ref.name === named);
  const spec = record(found?.body.spec);
  const className = named ?? found?.ref.name ?? "";
  const controller = text(spec.controller);
  return {
    family: familyOf(controller ?? className, annotations, controller !== undefined),
    isTold: controller !== undefined,
    name: controller ?? "",
    className,
    hasParameters: record(spec.parameters).name !== undefined,
  };
}
