import { record, text } from "../model/json";
import type { KubeObject } from "./kube-object";
import type { Context } from "./view";

export type ControllerFamily = "nginx" | "alb" | "gce" | "haproxy" | "other";

export interface IngressController {
  /** `other` = one whose defaults are not known here, or none that is named. */
  readonly family: ControllerFamily;
  /** Its class says which it is; else the family is read off a name that anybody may have given. */
  readonly isTold: boolean;
  /** Of its class; "" = the Ingress names none, and no class is the default. */
  readonly className: string;
  /** The class hands settings to the controller in an object of its own, which is not read. */
  readonly hasParameters: boolean;
}

const IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";

function familyOf(name: string, annotations: KubeObject["annotations"]): ControllerFamily {
  if (/nginx/.test(name)) return "nginx";
  if (/alb|elbv2/.test(name) || annotations["alb.ingress.kubernetes.io/scheme"] !== undefined) return "alb";
  if (/haproxy/.test(name)) return "haproxy";
  return /^gce/.test(name) ? "gce" : "other";
}

/** Whether an annotation of one family may say something to this controller. */
export function mayHeed({ family, isTold }: IngressController, annotationOf: ControllerFamily): boolean {
  return family === annotationOf || (family === "other" && !isTold);
}

/** Who serves an Ingress: the controller of the class that it names, or of the one that the server fills in. */
export function findIngressController({ body, annotations }: KubeObject, { slices }: Context<"ingressClasses">): IngressController {
  const named = text(record(body.spec).ingressClassName) ?? annotations["kubernetes.io/ingress.class"];
  const found = slices.ingressClasses.find((item) => (named === undefined ? item.annotations[IS_DEFAULT] === "true" : item.ref.name === named));
  const spec = record(found?.body.spec);
  const className = named ?? found?.ref.name ?? "";
  const controller = text(spec.controller);
  return {
    family: familyOf(controller ?? className, annotations),
    isTold: controller !== undefined,
    className,
    hasParameters: record(spec.parameters).name !== undefined,
  };
}
