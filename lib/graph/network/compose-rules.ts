import type { JsonRecord } from "../../model/json";
import type { Reason } from "../reason";
import type { Direction } from "./endpoint";
import { type NeedPeers, peersKey, type PolicyNeed, portKey, toPeerList } from "./policy-need";
import type { PolicyPort } from "./service-ports";

/** One rule of a generated policy, and what asks for it. */
export interface ComposedRule {
  readonly direction: Direction;
  readonly peers: readonly NeedPeers[];
  /** Null = every port. */
  readonly ports: readonly PolicyPort[] | null;
  readonly because: readonly Reason[];
  /** The rule as the policy writes it. */
  readonly body: JsonRecord;
}

interface Draft {
  readonly peers: NeedPeers;
  ports: readonly PolicyPort[] | null;
  readonly because: Reason[];
}

function portsKey(ports: readonly PolicyPort[] | null): string {
  return ports === null ? "*" : ports.map(portKey).sort().join();
}

function joinPorts(a: readonly PolicyPort[] | null, b: readonly PolicyPort[] | null): readonly PolicyPort[] | null {
  if (a === null || b === null) return null;
  return [...new Map([...a, ...b].map((port) => [portKey(port), port])).values()];
}

/** What peers of a kind include beside their own. */
const WIDER: Readonly<Record<NeedPeers["kind"], readonly NeedPeers["kind"][]>> = {
  anywhere: [],
  cluster: ["anywhere"],
  outside: ["anywhere"],
  pods: ["anywhere", "cluster"],
};

function withoutCovered(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.flatMap((draft) => {
    const wider = drafts.filter((other) => WIDER[draft.peers.kind].includes(other.peers.kind));
    if (wider.some(({ ports }) => ports === null)) return [];
    const known = new Set(wider.flatMap(({ ports }) => (ports ?? []).map(portKey)));
    const left = draft.ports?.filter((port) => !known.has(portKey(port))) ?? null;
    return left?.length === 0 ? [] : [{ ...draft, ports: left }];
  });
}

/** As few rules as let the same through: a need that a wider one covers adds none. */
export function composeRules(needs: readonly PolicyNeed[], direction: Direction, namespace: string, hasIpv6: boolean): readonly ComposedRule[] {
  const byPeers = new Map<string, Draft>();
  for (const need of needs.filter((one) => one.direction === direction)) {
    const key = peersKey(need.peers);
    const draft = byPeers.get(key) ?? { peers: need.peers, ports: [], because: [] };
    draft.ports = joinPorts(draft.ports, need.ports);
    if (!draft.because.some(({ message, object }) => message === need.because.message && object?.name === need.because.object?.name))
      draft.because.push(need.because);
    byPeers.set(key, draft);
  }
  const groups = Map.groupBy(withoutCovered([...byPeers.values()]), ({ peers, ports }) => `${peers.kind === "anywhere"} ${portsKey(ports)}`);
  return [...groups.values()].map((drafts): ComposedRule => {
    const ports = drafts[0]?.ports ?? null;
    const lists = drafts.map(({ peers }) => toPeerList(peers, namespace, hasIpv6));
    const peers = lists.some((list) => list === null) ? null : lists.flatMap((list) => list ?? []);
    const body = {
      ...(peers && { [direction === "ingress" ? "from" : "to"]: peers }),
      ...(ports && { ports: ports.map(({ protocol, port }) => ({ protocol, port })) }),
    };
    return { direction, peers: drafts.map((draft) => draft.peers), ports, because: drafts.flatMap(({ because }) => because), body };
  });
}
