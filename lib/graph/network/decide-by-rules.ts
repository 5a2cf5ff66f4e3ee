import { type Endpoint, isPlain } from "./endpoint";
import { isAny } from "./matched";
import type { PeerMatch } from "./match-peer";
import { matchesPort } from "./match-port";
import { hasGaps } from "./policy-gaps";
import { resolveCuts } from "./port-cuts-of";
import type { PortSpan } from "./port-span";
import type { PreparedSide, Verdict, VerdictPool, Verdicts } from "./side-verdicts";

/** How each rule of a side matches one other end, peer by peer. */
export type RuleMatches = readonly (readonly PeerMatch[])[];

/** What is the same for all receivers whose ports have the same names. */
interface Ports {
  readonly spans: readonly PortSpan[];
  /** Of each rule, the stretches that it speaks of. */
  readonly spoken: readonly (readonly boolean[])[];
  /** By how the rules match the other end. */
  readonly said: Map<string, Verdicts>;
}

const portsOf = new WeakMap<object, Map<string, Ports>>();

function toPorts({ side, cuts }: PreparedSide, receiver: Endpoint, pool: VerdictPool): Ports {
  const spans = resolveCuts(cuts, receiver).toSpans(pool.protocols);
  const rules = side.isolating.flatMap((policy) => policy.rules[side.direction]);
  const spoken = rules.map(({ ports }) =>
    spans.map(({ protocol, from }) => ports === null || isAny(ports.map((item) => matchesPort(item, { protocol, port: from }, receiver))) === true),
  );
  return { spans, spoken, said: new Map() };
}

/** `known`: one object for all sides with the same policies, and the same ports of those that these call by name. Only where all pods are in one network. */
export function findPorts(prepared: PreparedSide, known: object, other: Endpoint, pool: VerdictPool): Ports {
  const { side, cuts } = prepared;
  const receiver = side.direction === "ingress" ? side.self : other;
  let key = "";
  for (const { name, port, protocol } of receiver.namedPorts) if (cuts.names.has(name)) key += `${name}:${port}/${protocol} `;
  const byNames = portsOf.get(known) ?? new Map<string, Ports>();
  portsOf.set(known, byNames);
  let ports = byNames.get(key);
  if (!ports) byNames.set(key, (ports = toPorts(prepared, receiver, pool)));
  return ports;
}

/** All is known of both ends that NetworkPolicies can ask of them, and nothing but these has a say. */
function isToldByRules({ side: { self, isolating, gaps, closedBy } }: PreparedSide, other: Endpoint): boolean {
  const isAlone = !hasGaps(gaps) && !closedBy && isolating.length > 0;
  return isAlone && self.kind === undefined && isPlain(self) && isPlain(other) && other.address === undefined;
}

/** Of a rule: whom it takes matters more than that it may take some addresses of the other end. */
function joinMatches(matches: readonly PeerMatch[]): PeerMatch {
  if (matches.includes("yes")) return "yes";
  if (matches.includes("labels")) return "labels";
  return matches.includes("address") ? "address" : "no";
}

/**
 * What NetworkPolicies say, where they alone have a say and all is known that they ask for: every rule is looked at once for all ports, and answered
 * alike wherever the same rules match. Null = it must be asked port by port.
 */
export function decideByRules(prepared: PreparedSide, other: Endpoint, { spans, spoken, said }: Ports, all: RuleMatches, pool: VerdictPool): Verdicts | null {
  if (!isToldByRules(prepared, other)) return null;
  const matches = all.map(joinMatches);
  if (matches.includes("labels")) return null;
  const key = `${other.kind}|${matches.map(([letter]) => letter).join("")}`;
  const known = said.get(key);
  if (known) return known;
  const verdictOf = (i: number): Verdict => {
    const isSaidBy = (wanted: PeerMatch): boolean => matches.some((match, rule) => match === wanted && spoken[rule]?.[i] === true);
    if (isSaidBy("yes")) return "allowed";
    return other.kind === "external" && isSaidBy("address") ? "some" : "closed";
  };
  const verdicts = pool.intern(spans.map((span, i) => ({ span, verdict: verdictOf(i) })));
  said.set(key, verdicts);
  return verdicts;
}
