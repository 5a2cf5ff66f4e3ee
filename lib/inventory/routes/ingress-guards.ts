import { addOnGuardsView } from "./add-on-guards";
import { albPlainHttpView } from "./alb-plain-http";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN } from "./guard";
import { type ControllerFamily, ignores, type IngressController, mayHeed } from "./ingress-controller";
import type { KubeObject } from "../kube-object";
import { AWS_PUBLIC_HOST, sayHiddenRules } from "./load-balancer";
import { nginxGuardsView } from "./nginx-settings";
import { record, text } from "../../model/json";
import { defineView } from "../view";

/** What is certain to be for another controller asks nobody to sign in; null = several read it. */
const ASKS: readonly (readonly [family: ControllerFamily | null, annotation: RegExp])[] = [
  ["nginx", /^nginx\.ingress\.kubernetes\.io\/(?:auth-url|auth-type|auth-tls-secret)$/],
  [null, /^ingress\.kubernetes\.io\/auth-(?:url|type|secret|tls-secret)$/],
  ["haproxy", /^haproxy\.(?:org|com)\/auth-type$/],
  ["haproxy-ingress", /^haproxy-ingress\.github\.io\/auth-(?:url|type|secret|tls-secret)$/],
  ["nginx-org", /^nginx\.(?:org|com)\/(?:basic-auth-secret|jwt-key)$/],
];
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
function hasSignIn({ annotations }: KubeObject, controller: IngressController): boolean {
  const patterns = ASKS.flatMap(([family, pattern]) => (family !== null && ignores(controller, family) ? [] : pattern));
  return Object.entries(annotations).some(
    ([name, value]) => value !== "" && value !== "none" && !isLax(name, annotations) && patterns.some((pattern) => pattern.test(name)),
  );
}

const ALB_SIGN_IN = ["alb.ingress.kubernetes.io/auth-type", "alb.ingress.kubernetes.io/jwt-validation"];

/** Of AWS, which asks nobody over plain HTTP; what a Service says comes before what its Ingress says. */
function guardOfAlb(ingress: KubeObject, service: KubeObject | undefined, controller: IngressController, isPlain: boolean): Guard {
  const annotations = { ...ingress.annotations, ...service?.annotations };
  const isNamed = ALB_SIGN_IN.some((name) => !["", "none"].includes(annotations[name] ?? "") && !isLax(name, annotations));
  if (!isNamed || ignores(controller, "alb")) return NO_GUARD;
  if (!isPlain) return SIGN_IN;
  if (!controller.hasParameters) return NO_GUARD;
  const untold = `Whether it serves plain HTTP, where nobody is asked to sign in, is in the parameters of the IngressClass ${controller.className}, which are not read.`;
  return { ...NO_GUARD, untold };
}

/** By which a Service tells the load balancer of Google how to treat it: Identity-Aware Proxy is one of the ways. Most are called after the Service. */
const BACKEND_CONFIG = ["cloud.google.com/backend-config", "beta.cloud.google.com/backend-config"];
const NAMES_PROXY = /\biap\b/i;

/** The settings that a Service names, for all of its ports or for some. */
function listBackendConfigs({ annotations }: KubeObject): readonly string[] {
  const value = BACKEND_CONFIG.map((name) => annotations[name]).find((item) => item !== undefined);
  try {
    const named = record(JSON.parse(value ?? "{}"));
    return [named.default, ...Object.values(record(named.ports))].flatMap((name) => text(name) ?? []);
  } catch {
    return [];
  }
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
function readIngressRanges(ingress: KubeObject, controller: IngressController): readonly string[] {
  return INGRESS_RANGES.filter(([family]) => mayHeed(controller, family))
    .flatMap(([, name]) => (ingress.annotations[name] ?? "").split(","))
    .flatMap((range) => range.trim() || []);
}

/** Their rules are not in the cluster, and ranges do nothing beside groups that are named. */
const ALB_RULES = ["alb.ingress.kubernetes.io/security-groups", "alb.ingress.kubernetes.io/security-group-prefix-lists"];

/** Why nobody can tell who may connect; null = no rules are named that are not read. */
function findHiddenRules({ annotations }: KubeObject, controller: IngressController): string | null {
  const name = mayHeed(controller, "alb") ? ALB_RULES.find((rule) => annotations[rule]) : undefined;
  return name === undefined ? null : sayHiddenRules(name);
}

/** Those of its ranges may come in, or else those who sign in. */
const SATISFY = "nginx.ingress.kubernetes.io/satisfy";

/** What stands in front of an Ingress, for each Service that it leads to: by annotations, what they name, and the settings of its controller. */
export const ingressGuardsView = defineView({
  reads: ["routeGuards", "workloads", "configMaps", "ingresses"],
  compute: ({ slices, view, listUnread }): ((ingress: KubeObject, controller: IngressController) => (service: KubeObject | undefined) => Guard) => {
    const addOns = view(addOnGuardsView);
    const ofSettings = view(nginxGuardsView);
    const isPlain = view(albPlainHttpView);
    const backendConfigs = new Map(
      slices.routeGuards.flatMap((item) => (item.ref.kind === "BackendConfig" ? [[`${item.ref.namespace}/${item.ref.name}`, item]] : [])),
    );
    const unread = listUnread("routeGuards").find(({ kind }) => kind === "BackendConfig");
    const ofBackendConfigs = (service: KubeObject): Guard => {
      const named = listBackendConfigs(service);
      const isAsked = (name: string): boolean => {
        const found = backendConfigs.get(`${service.ref.namespace}/${name}`);
        return found ? record(record(found.body.spec).iap).enabled === true : NAMES_PROXY.test(name);
      };
      if (named.length > 0 && named.every(isAsked)) return SIGN_IN;
      if (named.length === 0 || unread === undefined) return NO_GUARD;
      return { ...NO_GUARD, untold: `Whether BackendConfig ${named.join(", ")} asks for a sign-in was not read: ${unread.reason}` };
    };
    return (ingress, controller) => {
      const hidden = findHiddenRules(ingress, controller);
      const isKong = /kong/.test(controller.isTold ? controller.name : controller.className);
      const written = readIngressRanges(ingress, controller);
      const settings = ofSettings(ingress, controller);
      const ranges = hidden !== null ? [] : written.length > 0 ? written : settings.ranges;
      const isSigned = (hasSignIn(ingress, controller) && !settings.isLeftOut) || settings.hasSignIn;
      const isEither = ingress.annotations[SATISFY] === "any" && ranges.length > 0 && !ignores(controller, "nginx");
      const own = joinGuards([{ hasSignIn: isSigned && !isEither, ranges, ...(hidden !== null && { untold: hidden }) }, addOns.ofIngress(ingress, controller)]);
      return (service) =>
        joinGuards([
          own,
          guardOfAlb(ingress, service, controller, isPlain(ingress)),
          service && mayHeed(controller, "gce") ? ofBackendConfigs(service) : NO_GUARD,
          isKong || !controller.isTold ? addOns.ofPlugins(service ? [ingress, service] : [ingress], isKong) : NO_GUARD,
        ]);
    };
  },
});

/**
 * An internal load balancer of a cloud. What is written for that of AWS says nothing to another controller; its own makes internal ones unless a scheme is
 * set, by the Ingress, by its class or by another Ingress of its group. What is there counts before what was asked for.
 */
export function asksForInternal({ annotations }: KubeObject, controller: IngressController, addresses: readonly string[]): boolean {
  if (annotations["kubernetes.io/ingress.class"] === "gce-internal") return true;
  // Names of a network of Tailscale are for its members, and so is what its operator will give one to.
  const willBeOfMembers = controller.isTold ? controller.name === "tailscale.com/ts-ingress" : controller.className === "tailscale";
  const isOfMembers = addresses.length > 0 ? addresses.every((address) => address.endsWith(".ts.net")) : willBeOfMembers;
  if (isOfMembers && annotations["tailscale.com/funnel"] !== "true") return true;
  if (addresses.length === 0 && annotations["appgw.ingress.kubernetes.io/use-private-ip"] === "true") return true;
  const scheme = annotations["alb.ingress.kubernetes.io/scheme"];
  if (scheme !== undefined) return scheme === "internal" && mayHeed(controller, "alb") && !addresses.some((address) => AWS_PUBLIC_HOST.test(address));
  const isByDefault = controller.family === "alb" && controller.isTold && !controller.hasParameters;
  return isByDefault && addresses.length === 0 && annotations["alb.ingress.kubernetes.io/group.name"] === undefined;
}
