import { isRecord, type JsonRecord, record, records, text, texts } from "../model/json";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN, widenGuards } from "./guard";
import type { KubeObject } from "./kube-object";

/** As Istio compares: a whole value, its end behind `*`, its start before it, or anything. */
function matches(pattern: string, value: string): boolean {
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : pattern === value;
}

const EVERY_PATH = new Set(["*", "/*"]);
const keysOf = (item: JsonRecord): readonly string[] => Object.keys(item).filter((key) => item[key] !== undefined);

/** Whether a rule is about every request to these hosts; no hosts = any. */
function coversAll(rule: JsonRecord, hosts: readonly string[]): boolean {
  const operations = records(rule.to).map(({ operation }) => record(operation));
  if (operations.length === 0) return true;
  const covered = operations.filter(
    (operation) =>
      keysOf(operation).every((key) => key === "hosts" || key === "paths") &&
      (operation.paths === undefined || texts(operation.paths).some((path) => EVERY_PATH.has(path))),
  );
  const covers = ({ hosts: named }: JsonRecord, host: string) => named === undefined || texts(named).some((pattern) => matches(pattern, host));
  return hosts.length === 0 ? covered.some((operation) => covers(operation, "*")) : hosts.every((host) => covered.some((operation) => covers(operation, host)));
}

/** Whether a rule may be about some request to these hosts. */
function concerns(rule: JsonRecord, hosts: readonly string[]): boolean {
  const operations = records(rule.to).map(({ operation }) => record(operation));
  if (operations.length === 0 || hosts.length === 0) return true;
  const isNamed = (patterns: readonly string[]) => hosts.some((host) => patterns.some((pattern) => matches(pattern, host) || matches(host, pattern)));
  return operations.some(({ hosts: named }) => named === undefined || isNamed(texts(named)));
}

const sourcesOf = (rule: JsonRecord): readonly JsonRecord[] => records(rule.from).map(({ source }) => record(source));
const blocksOf = (source: JsonRecord): readonly string[] => [...texts(source.ipBlocks), ...texts(source.remoteIpBlocks)];

/** Tokens and certificates of the mesh are checked before: nobody has one for nothing, and what comes from outside has none of the mesh. */
const PROVES = ["requestPrincipals", "principals", "serviceAccounts", "namespaces"];

/** Whom a rule of ALLOW lets in. */
function ofAllowed(rule: JsonRecord): Guard {
  const asksClaim = records(rule.when).some(
    ({ key, values }) => /^request\.auth\.|^source\.(?:principal|namespace)$/.test(text(key) ?? "") && texts(values).length > 0,
  );
  if (asksClaim) return SIGN_IN;
  return widenGuards(
    sourcesOf(rule).map((source) => (PROVES.some((name) => texts(source[name]).length > 0) ? SIGN_IN : { hasSignIn: false, ranges: blocksOf(source) })),
  );
}

/** Whom a rule of DENY leaves: those with a token where it turns everybody else away, or those of some networks. */
function ofDenied(rule: JsonRecord): Guard {
  if (records(rule.when).length > 0) return NO_GUARD;
  return joinGuards(
    sourcesOf(rule).map((source): Guard => {
      const [key, ...others] = keysOf(source);
      if (others.length > 0 || key === undefined) return NO_GUARD;
      if (key === "notRequestPrincipals") return texts(source[key]).includes("*") ? SIGN_IN : NO_GUARD;
      return key === "notIpBlocks" || key === "notRemoteIpBlocks" ? { hasSignIn: false, ranges: texts(source[key]) } : NO_GUARD;
    }),
  );
}

const isEnforced = ({ annotations }: KubeObject): boolean => annotations["istio.io/dry-run"] !== "true";

/**
 * What AuthorizationPolicies that hold for a proxy come to, for requests to these hosts. An external authorizer decides first, then what is denied; where
 * anything is allowed by name, all else is refused. A RequestAuthentication alone lets requests without any token through.
 */
export function guardOfPolicies(policies: readonly KubeObject[], hosts: readonly string[]): Guard {
  const rulesOf = (action: string) =>
    policies
      .filter((policy) => isEnforced(policy) && (text(record(policy.body.spec).action) ?? "ALLOW") === action)
      .map(({ body }) => records(record(body.spec).rules));
  const custom = rulesOf("CUSTOM").flat();
  const isChecked = custom.some((rule) => coversAll(rule, hosts) && records(rule.from).length === 0 && records(rule.when).length === 0);
  const denied = rulesOf("DENY").flat();
  const allowing = rulesOf("ALLOW");
  const allowed = allowing.flat().filter((rule) => concerns(rule, hosts));
  return joinGuards([
    isChecked ? SIGN_IN : NO_GUARD,
    ...denied.filter((rule) => coversAll(rule, hosts)).map(ofDenied),
    // Policies without a rule for it let nobody in.
    allowing.length === 0 ? NO_GUARD : allowed.length === 0 ? SIGN_IN : widenGuards(allowed.map(ofAllowed)),
  ]);
}

/** Labels that Istio gives to the proxies that it makes for a Gateway. */
function labelsOfProxy({ ref, labels }: KubeObject): Readonly<Record<string, string>> {
  return { ...labels, "gateway.networking.k8s.io/gateway-name": ref.name, "istio.io/gateway-name": ref.name };
}

/** By default; policies of this namespace hold for the whole mesh. */
const ROOT_NAMESPACE = "istio-system";

/** Whether a policy holds for the proxy of a Gateway: named by it, by labels, or with all others of its namespace or of the mesh. */
export function holdsForGateway({ ref, body }: KubeObject, gateway: KubeObject): boolean {
  const spec = record(body.spec);
  const targets = [...records(spec.targetRefs), ...(isRecord(spec.targetRef) ? [spec.targetRef] : [])];
  const isHere = ref.namespace === gateway.ref.namespace;
  if (targets.length > 0) return isHere && targets.some(({ kind, name }) => kind === "Gateway" && name === gateway.ref.name);
  if (!isHere && ref.namespace !== ROOT_NAMESPACE) return false;
  const labels = labelsOfProxy(gateway);
  return Object.entries(record(record(spec.selector).matchLabels)).every(([key, value]) => labels[key] === value);
}
