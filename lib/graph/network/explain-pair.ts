import { rememberedOf } from "../../model/remembered";
import type { Direction } from "./endpoint";
import { createSideExplainer, type SpanAnswer, type Why, whyKey } from "./explain-side";
import { joinSpans, type PortSpan } from "./port-span";
import type { Reach } from "./reach";
import type { ReachClass } from "./reach-classes";
import { joinVerdicts, overlaps, stateOf, type PairState } from "./namespace-matrix";
import type { PreparedSide, Verdict, VerdictPool } from "./side-verdicts";

/** Ports that are decided alike, for the same reason. */
interface ReachLine {
  readonly spans: readonly PortSpan[];
  readonly verdict: Verdict;
  /** Sender's side first; only the side that decides when it is closed. */
  readonly because: readonly Why[];
}

export interface PairAnswer {
  readonly state: PairState;
  /** What is allowed first, what is closed last. */
  readonly lines: readonly ReachLine[];
}

const OUTSIDE_SAYS: Readonly<Record<Direction, Why>> = {
  ingress: { direction: "ingress", kind: "outside", objects: [], path: null, message: "What is outside the cluster is not judged here." },
  egress: { direction: "egress", kind: "outside", objects: [], path: null, message: "Nothing in the cluster limits what comes from outside." },
};

function sayTooMany({ unweighed: { tooMany, crowded } }: Reach, { payer, side: { self, direction } }: PreparedSide): Why {
  const isOwn = payer === self.namespace;
  const isOfAll = tooMany.has(payer) || crowded.has(payer);
  const whose = isOwn ? `of namespace ${payer}` : `of the whole cluster that select this pod${isOfAll ? "" : ` and others of namespace ${self.namespace}`}`;
  const keys = isOwn ? [payer] : [payer, `${self.namespace}|`, `${self.namespace}|${payer}`];
  const isCrowdedOut = keys.some((key) => crowded.has(key));
  const message = isCrowdedOut
    ? `Policies tell too many different pods of the cluster apart for all of them to be weighed: those ${whose} are not.`
    : `The policies ${whose} have too many rules beside too many ports, and are not weighed.`;
  return { direction, kind: "unknown", objects: [], path: null, message };
}

const sayOutside = (direction: Direction) =>
  rememberedOf(({ open }: VerdictPool): readonly SpanAnswer[] => open.spans.map(({ span }) => ({ span, verdict: "allowed", why: OUTSIDE_SAYS[direction] })));
const outsideAnswers: Readonly<Record<Direction, ReturnType<typeof sayOutside>>> = { ingress: sayOutside("ingress"), egress: sayOutside("egress") };

/** As decideConnection: a closed sender decides, then the receiver; what cannot be told of one end matters when the other is open. */
function reasonsOf(egress: SpanAnswer, ingress: SpanAnswer): readonly Why[] {
  if (egress.verdict === "closed") return [egress.why];
  if (ingress.verdict === "closed") return [ingress.why];
  if (egress.verdict === "allowed" && ingress.verdict === "allowed") return [egress.why, ingress.why];
  return [egress, ingress].filter(({ verdict }) => verdict !== "allowed").map(({ why }) => why);
}

const ORDER: readonly Verdict[] = ["allowed", "some", "unknown", "closed"];

function joinAnswers(egress: readonly SpanAnswer[], ingress: readonly SpanAnswer[]): PairAnswer {
  const lines = new Map<string, { spans: PortSpan[]; verdict: Verdict; because: readonly Why[] }>();
  const verdicts = new Set<Verdict>();
  for (const { span, left, right } of overlaps(egress, ingress)) {
    const verdict = joinVerdicts(left.verdict, right.verdict);
    const because = reasonsOf(left, right);
    verdicts.add(verdict);
    const key = `${verdict} ${because.map(whyKey).join(" + ")}`;
    const line = lines.get(key) ?? { spans: [], verdict, because };
    line.spans.push(span);
    lines.set(key, line);
  }
  const sorted = [...lines.values()].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return { state: stateOf(verdicts), lines: sorted.map((line) => ({ ...line, spans: joinSpans(line.spans) })) };
}

/** Whether pods of one class may connect to pods of another, on which ports, and why; null = the outside. */
type ExplainPair = (from: ReachClass | null, to: ReachClass | null) => PairAnswer;

/** Where hardly two say the same, as many pairs would be held as there are. */
const MOST_HELD = 20_000;
/** What it takes to join one stretch of ports. */
const STEPS_OF_JOIN = 50;

const LEFT: Why = {
  direction: "egress",
  kind: "unknown",
  objects: [],
  path: null,
  message: "Not assessed here: too many different pods would have to be told apart pair by pair. The matrix of namespaces counts them.",
};

/** Of pairs that are too many to be explained. */
export function leaveUnexplained({ pool }: Reach): PairAnswer {
  return { state: "unknown", lines: [{ spans: joinSpans(pool.untold.spans.map(({ span }) => span)), verdict: "unknown", because: [LEFT] }] };
}

/** For many pairs: what both ends say is joined once for all that say the same. `spend` is told how many steps that takes. */
export function createExplainer(reach: Reach, spend: (steps: number) => void = () => undefined): ExplainPair {
  const explainSide = createSideExplainer(reach.pool, spend);
  const answersOf = (self: ReachClass | null, direction: Direction, other: ReachClass | null): readonly SpanAnswer[] => {
    if (self === null) return outsideAnswers[direction](reach.pool);
    const prepared = reach.sideOf(self, direction);
    if (reach.isTooMany(prepared)) return reach.pool.untold.spans.map((told) => ({ ...told, why: sayTooMany(reach, prepared) }));
    return explainSide(prepared, other?.endpoint ?? reach.outside);
  };
  const joined = new Map<readonly SpanAnswer[], Map<readonly SpanAnswer[], PairAnswer>>();
  let held = 0;
  return (from, to) => {
    const egress = answersOf(from, "egress", to);
    const ingress = answersOf(to, "ingress", from);
    const known = joined.get(egress) ?? new Map<readonly SpanAnswer[], PairAnswer>();
    joined.set(egress, known);
    const same = known.get(ingress);
    if (same) return same;
    spend(STEPS_OF_JOIN * (egress.length + ingress.length));
    const answer = joinAnswers(egress, ingress);
    known.set(ingress, answer);
    held += 1;
    if (held >= MOST_HELD) joined.clear();
    held %= MOST_HELD;
    return answer;
  };
}
