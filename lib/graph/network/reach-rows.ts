import type { ResourceRef } from "../../model/resource-ref";
import { rememberedOf } from "../../model/remembered";
import { createExplainer, leaveUnexplained, type PairAnswer } from "./explain-pair";
import { whyKey } from "./explain-side";
import type { Reach } from "./reach";
import type { ReachClass } from "./reach-classes";
import { createRest, type Rest } from "./rest";

/** Workloads of one namespace; null = the outside. */
export interface ReachEnd {
  readonly namespace: string | null;
  readonly members: readonly ResourceRef[];
}

/** Senders that may connect to receivers in one and the same way; each end by namespace, the outside first. */
export interface ReachRow extends PairAnswer {
  readonly from: readonly ReachEnd[];
  readonly to: readonly ReachEnd[];
}

type Class = ReachClass | null;

const answerKey = rememberedOf(({ lines }: PairAnswer): string =>
  lines
    .map(
      ({ spans, verdict, because }) => `${verdict} ${because.map(whyKey).join()} ${spans.map(({ protocol, from, to }) => `${protocol}${from}-${to}`).join()}`,
    )
    .join("\n"),
);

function toEnds(classes: readonly Class[]): readonly ReachEnd[] {
  const ends = [...Map.groupBy(classes, (one) => one?.namespace ?? null)].map(([namespace, own]): ReachEnd => {
    const members = own.flatMap((one) => one?.members ?? []);
    return { namespace, members: [...new Map(members.map((ref) => [`${ref.kind}/${ref.name}`, ref])).values()] };
  });
  return ends.sort((a, b) => ((a.namespace ?? "") < (b.namespace ?? "") ? -1 : 1));
}

/** What it takes to find the explanation of one pair. */
const STEPS = 150;

/** For one page: some seconds. Steps are counted, not time: a page says the same on every machine. */
const MOST_STEPS = 100_000_000;

interface Group {
  readonly key: string;
  readonly answer: PairAnswer;
  readonly to: Class[];
}

/** Explains pairs while there are steps left. */
class PairWork {
  readonly left: PairAnswer;
  readonly #explain: ReturnType<typeof createExplainer>;
  readonly #most: number;
  #steps = 0;

  constructor(reach: Reach, most: number) {
    this.#most = most;
    this.left = leaveUnexplained(reach);
    this.#explain = createExplainer(reach, (steps) => (this.#steps += steps));
  }

  get steps(): number {
    return this.#steps;
  }

  get isOver(): boolean {
    return this.#steps > this.#most;
  }

  explain(from: Class, to: Class): PairAnswer {
    this.#steps += STEPS;
    return this.isOver ? this.left : this.#explain(from, to);
  }
}

/** The receivers of one sender, those that it may connect to in the same way together. */
async function groupReceivers(work: PairWork, from: Class, receivers: readonly Class[], rest: Rest): Promise<readonly Group[]> {
  if (work.isOver) return [{ key: "", answer: work.left, to: [...receivers] }];
  const groups = new Map<string, Group>();
  for (const to of receivers) {
    const long = rest();
    if (long) await long;
    const answer = work.explain(from, to);
    const key = answerKey(answer);
    const group = groups.get(key) ?? { key, answer, to: [] };
    group.to.push(to);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/**
 * Every sender with every receiver, in as few rows as say the same; first those that were too many. It pauses whenever it took long, so that others may
 * work in between.
 */
export async function listReachRows(
  reach: Reach,
  senders: readonly Class[],
  receivers: readonly Class[],
  pause: () => Promise<unknown>,
  most = MOST_STEPS,
): Promise<readonly ReachRow[]> {
  const rows = new Map<string, Group & { readonly from: Class[] }>();
  const work = new PairWork(reach, most);
  const rest = createRest(() => reach.looks + work.steps, pause);
  for (const from of senders) {
    for (const group of await groupReceivers(work, from, receivers, rest)) {
      const key = group.answer === work.left && group.to.length === receivers.length ? "" : `${group.key}\n${group.to.map((one) => one?.index ?? "").join()}`;
      const row = rows.get(key) ?? { ...group, from: [] };
      row.from.push(from);
      rows.set(key, row);
    }
  }
  const found = [...rows.values()].map(({ answer, from, to }): ReachRow => ({ ...answer, from: toEnds(from), to: toEnds(to) }));
  const rank = { open: 0, restricted: 1, unknown: 2, closed: 3 } as const;
  const rankOf = ({ lines, state }: ReachRow): number => (lines === work.left.lines ? -1 : rank[state]);
  const nameOf = ({ from, to }: ReachRow): string => `${from[0]?.namespace ?? ""} ${to[0]?.namespace ?? ""}`;
  return found.sort((a, b) => rankOf(a) - rankOf(b) || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
}
