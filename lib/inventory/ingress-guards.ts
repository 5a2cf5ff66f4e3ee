import { type ControllerFamily, ignores, type IngressController, mayHeed } from "./ingress-controller";
import type { KubeObject } from "./kube-object";
import { AWS_PUBLIC_HOST, sayHiddenRules } from "./load-balancer";
import { type JsonRecord, record, text } from "../model/json";

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

/** By which a Service tells the load balancer of Google how to treat it: Identity-Aware Proxy is one of the ways. Most are called after the Service. */
const BACKEND_CONFIG = /^(?:beta\.)?cloud\.google\.com\/backend-config$/;
const NAMES_PROXY = /\biap\b/i;

/** Whether a load balancer of Google asks for a sign-in before a Service, as far as the name of its settings tells. */
export function isBehindProxy({ annotations }: KubeObject, controller: IngressController): boolean {
  return mayHeed(controller, "gce") && Object.entries(annotations).some(([name, value]) => BACKEND_CONFIG.test(name) && NAMES_PROXY.test(value));
}

/** Whether a rule of a route has its gateway ask for a sign-in, as far as filters and the names of those that are not read tell. */
export function ruleHasSignIn({ annotations }: KubeObject, filters: readonly JsonRecord[]): boolean {
  return (
    NAMES_SIGN_IN.test(annotations["konghq.com/plugins"] ?? "") ||
    filters.some(
      ({ type, extensionRef }) => type === "ExternalAuth" || NAMES_SIGN_IN.test(`${text(record(extensionRef).kind)} ${text(record(extensionRef).name)}`),
    )
  );
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

/** Their rules are not in the cluster, and ranges do nothing beside groups that are named. */
const ALB_RULES = ["alb.ingress.kubernetes.io/security-groups", "alb.ingress.kubernetes.io/security-group-prefix-lists"];

/** As people call a list of the networks that may connect. */
const NAMES_RANGES = /(?:allow|white)-?list|ip-?restrict/i;

/** Why nobody can tell who may connect; null = no rules are named that are not read. */
export function findHiddenRules({ annotations }: KubeObject, controller: IngressController): string | null {
  const name = mayHeed(controller, "alb") ? ALB_RULES.find((rule) => annotations[rule]) : undefined;
  if (name !== undefined) return sayHiddenRules(name);
  const addOn = Object.keys(annotations).find((key) => ADD_ONS.test(key) && NAMES_RANGES.test(annotations[key] ?? ""));
  return addOn === undefined ? null : `Who may connect is decided by what the annotation ${addOn} names, which is not read.`;
}

/**
 * An internal load balancer of a cloud. What is written for that of AWS says nothing to another controller; its own makes internal ones unless a scheme is
 * set, by the Ingress, by its class or by another Ingress of its group. What is there counts before what was asked for.
 */
export function asksForInternal({ annotations }: KubeObject, controller: IngressController, addresses: readonly string[]): boolean {
  if (annotations["kubernetes.io/ingress.class"] === "gce-internal") return true;
  // Names of a network of Tailscale are for its members.
  const isOfMembers = addresses.length > 0 && addresses.every((address) => address.endsWith(".ts.net"));
  if (isOfMembers && annotations["tailscale.com/funnel"] !== "true") return true;
  if (addresses.length === 0 && annotations["appgw.ingress.kubernetes.io/use-private-ip"] === "true") return true;
  const scheme = annotations["alb.ingress.kubernetes.io/scheme"];
  if (scheme !== undefined) return scheme === "internal" && mayHeed(controller, "alb") && !addresses.some((address) => AWS_PUBLIC_HOST.test(address));
  const isByDefault = controller.family === "alb" && controller.isTold && !controller.hasParameters;
  return isByDefault && addresses.length === 0 && annotations["alb.ingress.kubernetes.io/group.name"] === undefined;
}
