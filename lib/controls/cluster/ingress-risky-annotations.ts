import { formatPath } from "../../model/field-path";
import { type ControllerFamily, findIngressController, ignores } from "../../inventory/routes/ingress-controller";
import type { KubeObject } from "../../inventory/kube-object";
import { findRedactionMarker } from "../../inventory/secrets/secret-match";
import type { Context } from "../../inventory/view";
import { defineControl, type Outcome, unknown, type Weakness, weakness } from "../define";
import { remove } from "../remedies/ops";

/** Of both controllers for NGINX, and of both for HAProxy. */
const SNIPPET =
  /^(?:(?:nginx\.ingress\.kubernetes\.io|nginx\.(?:org|com))\/.*-snippets?|(?:haproxy\.(?:org|com)|ingress\.kubernetes\.io)\/backend-config-snippet|(?:haproxy-ingress\.github|ingress\.kubernetes)\.io\/config-backend)$/;
/** Values that end up inside the configuration of the proxy. */
const COPIED =
  /^nginx\.ingress\.kubernetes\.io\/(?:auth-url|auth-tls-match-cn|mirror-target|mirror-host|auth-signin|proxy-redirect-(?:from|to)|permanent-redirect|temporal-redirect|rewrite-target)$/;
const BREAKS_OUT = /[\r\n"'{};#\\]/;

/** Expressions hold backslashes, and addresses that browsers are sent to a fragment. */
const MAY_HOLD: readonly (readonly [names: RegExp, breaksOut: RegExp])[] = [
  [/(?:rewrite-target|auth-tls-match-cn)$/, /[\r\n"'{};#]/],
  [/(?:redirect|redirect-(?:from|to)|auth-signin)$/, /[\r\n"'{};\\]/],
];

function familyOf(name: string): ControllerFamily {
  if (name.endsWith("/config-backend")) return "haproxy-ingress";
  if (name.endsWith("/backend-config-snippet")) return "haproxy";
  return name.startsWith("nginx.ingress.kubernetes.io/") ? "nginx" : "nginx-org";
}

function inAnnotations(ingress: KubeObject, context: Context<"ingressClasses">): Weakness[] {
  const controller = findIngressController(ingress, context);
  return Object.entries(ingress.annotations).flatMap(([name, value]) => {
    if (ignores(controller, familyOf(name))) return [];
    const path = formatPath(["metadata", "annotations", name]);
    if (SNIPPET.test(name)) return [weakness(path, value, `${name} writes raw configuration into a proxy that all tenants share.`)];
    const breaksOut = MAY_HOLD.find(([names]) => names.test(name))?.[1] ?? BREAKS_OUT;
    const isBad = COPIED.test(name) && breaksOut.test(value);
    return isBad ? [weakness(path, value, `${name} holds characters that break out of its place in the configuration.`)] : [];
  });
}

/** The credential in an address was not kept: nobody can tell whether it was one. */
function judge(ingress: KubeObject, context: Context<"ingressClasses">): Outcome {
  const found = inAnnotations(ingress, context);
  if (found.length > 0) return found;
  const controller = findIngressController(ingress, context);
  const isHidden = ([name, value]: [string, string]) => COPIED.test(name) && !ignores(controller, familyOf(name)) && findRedactionMarker(value) !== null;
  const [hidden] = Object.entries(ingress.annotations).find(isHidden) ?? [];
  return hidden === undefined ? [] : unknown(`${hidden} held a credential, which was not kept: whether it breaks out cannot be told.`);
}

export default defineControl({
  id: "ingress-risky-annotations",
  layer: "cluster",
  severity: "high",
  title: "Ingresses inject nothing into the proxy's configuration",
  failure: "can inject configuration into the ingress proxy",
  why: "The proxy serves every tenant and may read Secrets in all namespaces. Whoever writes raw configuration into an annotation gets both.",
  action: "Remove annotations that configure the ingress proxy",
  fix: 'Remove the annotation, and let the controller refuse it: allow-snippet-annotations "false" in the ConfigMap of ingress-nginx, no -enable-snippets for that of F5, --disable-config-keywords=* for HAProxy Ingress.',
  verify: "kubectl get ingress NAME -n NAMESPACE -o jsonpath='{.metadata.annotations}'",
  lookFor:
    "Annotations whose name ends in `-snippet`, `-snippets` or `config-backend`, and addresses or redirects for nginx whose value holds a line break, a quote, `;`, `{` or `}`.",
  tips: ["S2"],
  frameworks: { nsa: ["HC", "UP"], mitre: ["T1190", "T1552.007"], owasp: ["K07"] },
  references: [
    "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/",
    "https://github.com/kubernetes/kubernetes/issues/126811",
  ],
  aliases: ["ingress-snippets"],
  subject: "ingress",
  reads: [],
  // A class that is read only takes away what its controller does not heed.
  extraReads: ["ingressClasses"],
  check: judge,
  remedy: (_ingress, weaknesses) => ({
    ops: weaknesses.map((item) => remove(item.path)),
    risk: "may-break",
    note: "Move the setting to the controller's own configuration, or to a feature that it offers for it.",
  }),
});
