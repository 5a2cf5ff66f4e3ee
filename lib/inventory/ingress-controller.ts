import { record, text } from "../model/json";
import type { KubeObject } from "./kube-object";
import type { Context } from "./view";

export type ControllerFamily = "nginx" | "alb" | "gce" | "other";

export interface IngressController {
  /** `other` = one whose defaults are not known here, or none that is named. */
  readonly family: ControllerFamily;
  /** Of its class; "" = the Ingress names none, and no class is the default. */
  readonly className: string;
  /** The class hands settings to the controller in an object of its own, which is not read. */
  readonly hasParameters: boolean;
}

const IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";

function familyOf(name: string, annotations: KubeObject["annotations"]): ControllerFamily {
  if (/nginx/.test(name)) return "nginx";
  if (/alb|elbv2/.test(name) || annotations["alb.ingress.kubernetes.io/scheme"] !== undefined) return "alb";
  return /^gce/.test(name) ? "gce" : "other";
}

/** Who serves an Ingress: the controller of the class that it names, or of the one that the server fills in. */
export function findIngressController({ body, annotations }: KubeObject, { slices }: Context<"ingressClasses">): IngressController {
  const named = text(record(body.spec).ingressClassName) ?? annotations["kubernetes.io/ingress.class"];
  const found = slices.ingressClasses.find((item) => (named === undefined ? item.annotations[IS_DEFAULT] === "true" : item.ref.name === named));
  const spec = record(found?.body.spec);
  const className = named ?? found?.ref.name ?? "";
  return { family: familyOf(text(spec.controller) ?? className, annotations), className, hasParameters: record(spec.parameters).name !== undefined };
}
