import type { KubeObject } from "../../inventory/kube-object";
import { type ControllerFamily, ignores, type IngressController } from "../../inventory/routes/ingress-controller";
import { servesTls } from "../../inventory/routes/ingress-tls";
import type { Context } from "../../inventory/view";
import { notApplicable, type Outcome, unknown } from "../define";
import { findOldInSnippet } from "./judge-router";

const SNIPPETS: readonly (readonly [name: string, family: ControllerFamily])[] = [
  ["nginx.ingress.kubernetes.io/server-snippet", "nginx"],
  ["nginx.org/server-snippets", "nginx-org"],
];

/** Controllers whose settings are objects that are judged themselves, or that accept nothing older than TLS 1.2 unless these say so. */
const TOLD_ELSEWHERE = /nginx|traefik|openshift|istio|cilium|contour/;

/** An Ingress that no load balancer of AWS serves: nothing of its own says it, unless it writes configuration of nginx. */
export function judgeRoutedIngress(ingress: KubeObject, controller: IngressController, context: Context<"ingresses" | "ingressClasses">): Outcome {
  for (const [name, family] of SNIPPETS) {
    const old = ignores(controller, family) ? [] : findOldInSnippet(ingress.annotations[name] ?? "");
    if (old.length > 0) return unknown(`Its ${name} names ${old.join(", ")}: whether the controller takes that, and nginx of one server alone, is not known.`);
  }
  const called = controller.isTold ? controller.name : controller.className;
  if (TOLD_ELSEWHERE.test(called) || !servesTls(ingress, controller, context))
    return notApplicable("Which versions are accepted is in settings of its controller, not in the Ingress.");
  if (called === "") return unknown("Which controller ends TLS for it is not known.");
  const named = controller.isTold ? `the controller ${called}` : `the controller of its class ${called}`;
  return unknown(`Which versions ${named} accepts is in its own settings, which are not read.`);
}
