import type { KubeObject } from "../../inventory/kube-object";
import { type ControllerFamily, ignores, type IngressController } from "../../inventory/routes/ingress-controller";
import { servesTls } from "../../inventory/routes/ingress-tls";
import type { Context } from "../../inventory/view";
import { notApplicable, type Outcome, unknown } from "../define";
import { findIstioDefaults, type IstioContext } from "./istio-defaults";
import { findOldInSnippet } from "./judge-router";
import { oldTls } from "./old-tls";

const SNIPPETS: readonly (readonly [name: string, family: ControllerFamily])[] = [
  ["nginx.ingress.kubernetes.io/server-snippet", "nginx"],
  ["nginx.org/server-snippets", "nginx-org"],
];

/** Controllers whose settings are objects that are judged themselves, or that accept nothing older than TLS 1.2 unless these say so. */
const TOLD_ELSEWHERE = /nginx|traefik|openshift|istio|cilium|contour/;
const OF_ISTIO = /^istio(?:\.io\/|$)/;

/** An Ingress can name no version: its gateway accepts what Istio does by itself. */
function judgeIstioIngress(ingress: KubeObject, context: IstioContext): Outcome {
  const { old, doubt, hasOldSuites } = findIstioDefaults(ingress, context, false);
  if (old !== null) return [oldTls("spec.tls", undefined, `An Ingress names no lowest version, and ${old}`, hasOldSuites)];
  return doubt === null ? [] : unknown(`An Ingress names no lowest version: ${doubt}.`);
}

type IngressContext = Context<"ingresses" | "ingressClasses"> & IstioContext;

/** An Ingress that no load balancer of AWS serves: nothing of its own says it, unless it writes configuration of nginx. */
export function judgeRoutedIngress(ingress: KubeObject, controller: IngressController, context: IngressContext): Outcome {
  for (const [name, family] of SNIPPETS) {
    const old = ignores(controller, family) ? [] : findOldInSnippet(ingress.annotations[name] ?? "");
    if (old.length > 0) return unknown(`Its ${name} names ${old.join(", ")}: whether the controller takes that, and nginx of one server alone, is not known.`);
  }
  const called = controller.isTold ? controller.name : controller.className;
  if (OF_ISTIO.test(called) && servesTls(ingress, controller, context)) return judgeIstioIngress(ingress, context);
  if (TOLD_ELSEWHERE.test(called) || !servesTls(ingress, controller, context))
    return notApplicable("Which versions are accepted is in settings of its controller, not in the Ingress.");
  if (called === "") return unknown("Which controller ends TLS for it is not known.");
  const named = controller.isTold ? `the controller ${called}` : `the controller of its class ${called}`;
  return unknown(`Which versions ${named} accepts is in its own settings, which are not read.`);
}
