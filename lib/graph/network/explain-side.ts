import { createPool, rememberedOf } from "../../model/remembered";
import type { ResourceRef } from "../../model/resource-ref";
import type { Answer } from "../reason";
import { decideOn } from "./decide-direction";
import type { Direction, Endpoint } from "./endpoint";
import type { PortSpan } from "./port-span";
import { askedPort, cutsFor, keyOf, looksAt, type PreparedSide, sayerOf, seenBy, toVerdict, type Verdict, type VerdictPool } from "./side-verdicts";

/** Why one end lets a connection through or not. */
export interface Why {
  readonly direction: Direction;
  /** open = no policy limits this end; host = policies do not reach it; outside = it is not ours to judge. */
  readonly kind: "open" | "host" | "outside" | "rule" | "closed" | "unknown";
  /** What decides: the policy of the rule, or all policies that close this end. */
  readonly objects: readonly ResourceRef[];
  /** The rule in the first object. */
  readonly path: string | null;
  readonly message: string;
}

export interface SpanAnswer {
  readonly span: PortSpan;
  readonly verdict: Verdict;
  readonly why: Why;
}

export const whyKey = rememberedOf(({ direction, kind, objects, path, message }: Why): string => {
  const named = objects.map(({ kind: what, namespace, name }) => `${what}/${namespace}/${name}`).join();
  return `${direction} ${kind} ${named} ${path} ${kind === "unknown" ? message : ""}`;
});

function toWhy({ side }: PreparedSide, answer: Answer, verdict: Verdict): Why {
  const [reason] = answer.because;
  const { direction, isolating } = side;
  const message = reason?.message ?? "";
  const path = reason?.path ?? null;
  const object = reason?.object ? [reason.object] : [];
  if (verdict === "allowed" && path === null) return { direction, kind: side.self.isHostNetwork ? "host" : "open", objects: [], path, message };
  if (verdict === "allowed") return { direction, kind: "rule", objects: object, path, message };
  if (verdict === "closed") {
    const all = path === null && isolating.length > 0 ? isolating.map((policy) => policy.object.ref) : object;
    return { direction, kind: "closed", objects: all, path, message };
  }
  return { direction, kind: "unknown", objects: object, path, message };
}

function freeWhy({ side: { self, direction } }: PreparedSide): Why {
  if (self.isHostNetwork) return { direction, kind: "host", objects: [], path: null, message: "Policies do not apply to pods in the network of their node." };
  return { direction, kind: "open", objects: [], path: null, message: `No policy selects it for ${direction}.` };
}

type Spend = (steps: number) => void;

function explain(prepared: PreparedSide, other: Endpoint, pool: VerdictPool, spend: Spend): readonly SpanAnswer[] {
  const found: SpanAnswer[] = [];
  const spans = cutsFor(prepared, other).toSpans(pool.protocols);
  spend(looksAt(prepared, other, spans));
  for (const span of spans) {
    const answer = decideOn(prepared.side, other, askedPort(span));
    const verdict = toVerdict(answer);
    const item = { span, verdict, why: toWhy(prepared, answer, verdict) };
    const last = found.at(-1);
    const isSame = last && last.verdict === verdict && last.span.protocol === span.protocol && whyKey(last.why) === whyKey(item.why);
    if (isSame) found[found.length - 1] = { ...last, span: { ...last.span, to: span.to } };
    else found.push(item);
  }
  return found;
}

/** Of all that nothing limits: one list for those with the same reason. */
const freeAnswers = rememberedOf((_pool: VerdictPool) => new Map<string, readonly SpanAnswer[]>());

function explainFree(prepared: PreparedSide, pool: VerdictPool): readonly SpanAnswer[] {
  const { self, direction } = prepared.side;
  const key = `${direction} ${self.isHostNetwork}`;
  const known = freeAnswers(pool);
  let found = known.get(key);
  if (!found) {
    const why = freeWhy(prepared);
    known.set(key, (found = pool.open.spans.map(({ span }) => ({ span, verdict: "allowed", why }))));
  }
  return found;
}

/** Answers held: where sides tell nearly all others apart, there are as many as pairs. */
const MOST_HELD = 50_000;

/** What one side says of another end on every port, and why. */
type ExplainSide = (prepared: PreparedSide, other: Endpoint) => readonly SpanAnswer[];

/**
 * For many pairs: said once for all sides that say the same of everybody, and of all ends that look the same to them. `spend` is told how many steps each
 * answer takes.
 */
export function createSideExplainer(pool: VerdictPool, spend: Spend): ExplainSide {
  // By what such sides share, whenever they were prepared: what an answer takes is the same at every look.
  const explained = new Map<string, Map<string, readonly SpanAnswer[]>>();
  const hold = createPool(MOST_HELD);
  return (prepared, other) => {
    const { isFree, known: isOfPolicies, alike } = prepared;
    if (isFree) return explainFree(prepared, pool);
    const key = isOfPolicies ? seenBy(prepared, other) : keyOf(prepared, other);
    if (!alike || key === null) return explain(prepared, other, pool, spend);
    const sayer = sayerOf(prepared);
    const known = explained.get(sayer) ?? new Map<string, readonly SpanAnswer[]>();
    explained.set(sayer, known);
    const same = known.get(key);
    if (same) return same;
    const found = explain(prepared, other, pool, spend);
    hold(known);
    known.set(key, found);
    return found;
  };
}
