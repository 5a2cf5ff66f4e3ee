import { type JsonRecord, record, records, text, texts } from "../../model/json";
import { type Guard, joinGuards, NO_GUARD, SIGN_IN, widenGuards } from "./guard";
import type { KubeObject } from "../kube-object";
import { targetsOf } from "./policy-targets";

/** As Istio compares: a whole value, its end behind `*`, its start before it, or anything. */
function matches(pattern: string, value: string): boolean {
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : pattern === value;
}

const EVERY_PATH = new Set(["*", "/*"]);
const keysOf = (item: JsonRecord): readonly string[] => Object.keys(item).filter((key) => item[key] !== undefined);

const PORT = /:(?:\*|\d+)$/;

/** What an entry of `to` of a rule asks for. */
interface Operation {
  /** In small letters; empty = any. */
  readonly hosts: readonly string[];
  /** The same without ports, which requests may name beside the host. */
  readonly names: readonly string[];
  /** It is about every request to these. */
  readonly isWhole: boolean;
}

interface Rule {
  /** Empty = about everything. */
  readonly operations: readonly Operation[];
  /** What it comes to for what it is about. */
  readonly guard: Guard;
}

function toRule(rule: JsonRecord, guard: Guard): Rule {
  const operations = records(rule.to).map(({ operation }): Operation => {
    const { hosts, paths, ...others } = record(operation);
    const isWhole = keysOf(others).length === 0 && (paths === undefined || texts(paths).some((path) => EVERY_PATH.has(path)));
    const named = texts(hosts).map((host) => host.toLowerCase());
    return { hosts: named, names: named.map((host) => host.replace(PORT, "")), isWhole };
  });
  return { operations, guard };
}

/** Whether a rule is about every request to these hosts; no hosts = any. */
function coversAll({ operations }: Rule, hosts: readonly string[]): boolean {
  if (operations.length === 0) return true;
  const covers = ({ hosts: named, isWhole }: Operation, host: string) => isWhole && (named.length === 0 || named.some((pattern) => matches(pattern, host)));
  return (hosts.length === 0 ? ["*"] : hosts).every((host) => operations.some((operation) => covers(operation, host)));
}

/** Whether a rule may be about some request to these hosts. */
function concerns({ operations }: Rule, hosts: readonly string[]): boolean {
  if (operations.length === 0 || hosts.length === 0) return true;
  const isNamed = (pattern: string) => hosts.some((host) => matches(pattern, host) || matches(host, pattern));
  return operations.some(({ names }) => names.length === 0 || names.some(isNamed));
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
 * What AuthorizationPolicies that hold for a proxy come to, for requests to some hosts. An external authorizer decides first, then what is denied; where
 * anything is allowed by name, all else is refused. A RequestAuthentication alone lets requests without any token through.
 */
export function guardOfPolicies(policies: readonly KubeObject[]): (hosts: readonly string[]) => Guard {
  const rulesOf = (action: string, toGuard: (rule: JsonRecord) => Guard): readonly (readonly Rule[])[] =>
    policies
      .filter((policy) => isEnforced(policy) && (text(record(policy.body.spec).action) ?? "ALLOW") === action)
      .map(({ body }) => records(record(body.spec).rules).map((rule) => toRule(rule, toGuard(rule))));
  const whole = [
    ...rulesOf("CUSTOM", (rule) => (records(rule.from).length === 0 && records(rule.when).length === 0 ? SIGN_IN : NO_GUARD)),
    ...rulesOf("DENY", ofDenied),
  ].flat();
  const allowing = rulesOf("ALLOW", ofAllowed);
  const allowed = allowing.flat();
  return (hosts) => {
    const concerned = allowed.filter((rule) => concerns(rule, hosts));
    return joinGuards([
      ...whole.filter((rule) => coversAll(rule, hosts)).map(({ guard }) => guard),
      // Policies without a rule for it let nobody in.
      allowing.length === 0 ? NO_GUARD : concerned.length === 0 ? SIGN_IN : widenGuards(concerned.map(({ guard }) => guard)),
    ]);
  };
}

interface Proxy {
  readonly namespace: string | null;
  /** As far as they are known. */
  readonly labels: Readonly<Record<string, string>>;
  /** Istio makes it for the Gateway. */
  readonly isMade: boolean;
}

/** The proxy of a Gateway: beside it, unless it names the Service of one that is there already. */
function proxyOf({ ref, labels, body }: KubeObject): Proxy {
  const [address, ...others] = records(record(body.spec).addresses);
  if (!address || (others.length === 0 && (text(address.type) ?? "IPAddress") === "IPAddress")) {
    return {
      namespace: ref.namespace,
      labels: { ...labels, "gateway.networking.k8s.io/gateway-name": ref.name, "istio.io/gateway-name": ref.name },
      isMade: true,
    };
  }
  return { namespace: text(address.value)?.split(".")[1] ?? ref.namespace, labels: {}, isMade: false };
}

/** By default; policies of this namespace hold for the whole mesh. */
const ROOT_NAMESPACE = "istio-system";

/** Whether a policy holds for pods that serve as a proxy: by their labels, or with all others of their namespace or of the mesh. */
export function holdsForProxy({ ref, body }: KubeObject, { namespace, labels }: Pick<Proxy, "namespace" | "labels">): boolean {
  const spec = record(body.spec);
  if (targetsOf(spec).length > 0 || (ref.namespace !== namespace && ref.namespace !== ROOT_NAMESPACE)) return false;
  return Object.entries(record(record(spec.selector).matchLabels)).every(([key, value]) => labels[key] === value);
}

/** Whether a policy holds for the proxy of a Gateway: named by it, or as for any other. */
export function holdsForGateway(policy: KubeObject, gateway: KubeObject): boolean {
  const proxy = proxyOf(gateway);
  const targets = targetsOf(record(policy.body.spec));
  if (targets.length === 0) return holdsForProxy(policy, proxy);
  return proxy.isMade && policy.ref.namespace === proxy.namespace && targets.some(({ kind, name }) => kind === "Gateway" && name === gateway.ref.name);
}
