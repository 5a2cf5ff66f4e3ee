import { type ControllerFamily, ignores, type IngressController, mayHeed } from "./ingress-controller";
import type { KubeObject } from "./kube-object";

/** What is certain to be for another controller asks nobody to sign in; null = several read it. */
const SIGN_IN: readonly (readonly [family: ControllerFamily | null, annotation: RegExp])[] = [
  ["nginx", /^nginx\.ingress\.kubernetes\.io\/(?:auth-url|auth-type|auth-tls-secret)$/],
  ["alb", /^alb\.ingress\.kubernetes\.io\/auth-type$/],
  [null, /^ingress\.kubernetes\.io\/auth-(?:url|type|secret|tls-secret)$/],
  ["haproxy", /^haproxy\.(?:org|com)\/auth-type$/],
  ["haproxy-ingress", /^haproxy-ingress\.github\.io\/auth-(?:url|type|secret|tls-secret)$/],
  ["nginx-org", /^nginx\.(?:org|com)\/(?:basic-auth-secret|jwt-key)$/],
];
/** These name objects that are not read, of any purpose: only the name tells that one asks for a sign-in. */
const ADD_ONS = /^(?:traefik\.ingress\.kubernetes\.io\/router\.middlewares|nginx\.(?:org|com)\/policies|konghq\.com\/plugins)$/;
const NAMES_SIGN_IN = /auth|oidc|openid|saml|jwt|\bsso\b|sign-?in|log-?in|keycloak|\bdex\b/i;

/** What lets those in who have not signed in, beside what asks them to. */
const LAX: readonly (readonly [guard: string, beside: string, value: RegExp])[] = [
  ["auth-tls-secret", "auth-tls-verify-client", /^(?:off|optional|optional_no_ca)$/],
  ["auth-type", "auth-on-unauthenticated-request", /^allow$/],
];

function isLax(name: string, annotations: KubeObject["annotations"]): boolean {
  const [prefix, own] = name.split("/");
  return LAX.some(([guard, beside, value]) => own === guard && value.test(annotations[`${prefix}/${beside}`] ?? ""));
}

/** Whether an Ingress has its controller ask for a sign-in, as far as annotations tell. */
export function hasSignIn({ annotations }: KubeObject, controller: IngressController): boolean {
  const patterns = SIGN_IN.flatMap(([family, pattern]) => (family !== null && ignores(controller, family) ? [] : pattern));
  return Object.entries(annotations).some(([name, value]) => {
    if (ADD_ONS.test(name)) return NAMES_SIGN_IN.test(value);
    return value !== "" && value !== "none" && !isLax(name, annotations) && patterns.some((pattern) => pattern.test(name));
  });
}

const named = (family: ControllerFamily, prefixes: readonly string[], names: readonly string[]) =>
  prefixes.flatMap((prefix) => names.map((name) => [family, `${prefix}/${name}`] as const));

const BY_SOURCE = ["whitelist-source-range", "allowlist-source-range"];

/**
 * The ranges that may connect, parted by commas. What is written for another controller keeps nobody out.
 * https://github.com/haproxytech/kubernetes-ingress/blob/master/documentation/annotations.md#access-control
 * https://haproxy-ingress.github.io/docs/configuration/keys/#allowlist
 */
const INGRESS_RANGES: readonly (readonly [family: ControllerFamily, annotation: string])[] = [
  ...named("nginx", ["nginx.ingress.kubernetes.io"], BY_SOURCE),
  ...named("alb", ["alb.ingress.kubernetes.io"], ["inbound-cidrs"]),
  ...named("haproxy", ["haproxy.org", "haproxy.com", "ingress.kubernetes.io"], ["allow-list", "whitelist"]),
  ...named("haproxy-ingress", ["haproxy-ingress.github.io", "ingress.kubernetes.io"], BY_SOURCE),
];

/** Who may connect, by what its controller heeds; empty = nothing limits it. */
export function readIngressRanges(ingress: KubeObject, controller: IngressController): readonly string[] {
  return INGRESS_RANGES.filter(([family]) => mayHeed(controller, family))
    .flatMap(([, name]) => (ingress.annotations[name] ?? "").split(","))
    .flatMap((range) => range.trim() || []);
}
