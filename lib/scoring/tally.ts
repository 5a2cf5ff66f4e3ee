import type { Layer } from "../model/layer";
import { type Severity, severityRank } from "../model/severity";
import type { Scope, State, Verdict } from "../model/verdict";

/** The sufficient statistics of one control in one scope: everything that a score is made of. */
export interface Tally {
  readonly control: string;
  readonly layer: Layer;
  readonly scope: Scope;
  /** Assessed subjects: pass + failing + waived. */
  readonly n: number;
  readonly failing: number;
  readonly waived: number;
  /** Not assessed, and not among `n` as it last was: every subject is in one count. */
  readonly unknown: number;
  readonly manual: number;
  readonly subsumed: number;
  readonly notApplicable: number;
  /** Worst severity among its failing subjects; null when none fails. */
  readonly worst: Severity | null;
  /** Of `n`, those that were not assessed this time: carried from the last time they were. */
  readonly stale: number;
}

/** Failing subjects of one control in one namespace ("" = cluster-wide objects). */
export interface NamespaceTally {
  readonly control: string;
  readonly layer: Layer;
  readonly scope: Scope;
  readonly namespace: string;
  readonly n: number;
  readonly failing: number;
  readonly unknown: number;
  readonly worst: Severity | null;
}

/** A tally while verdicts are counted. */
export type Counts = { -readonly [K in keyof Tally]: Tally[K] };

interface Counted {
  readonly all: Counts;
  readonly byNamespace: Map<string, Counts>;
}

export function emptyCounts(control: string, layer: Layer, scope: Scope): Counts {
  return { control, layer, scope, n: 0, failing: 0, waived: 0, unknown: 0, manual: 0, subsumed: 0, notApplicable: 0, worst: null, stale: 0 };
}

/** Written out, because a large scan adds a million: by a table of states it takes three times as long. */
function addVerdict(counts: Counts, { state, severity }: Pick<Verdict, "state" | "severity">): void {
  if (state === "fail") {
    counts.n += 1;
    counts.failing += 1;
    if (counts.worst === null || severityRank(severity) < severityRank(counts.worst)) counts.worst = severity;
  } else if (state === "pass") counts.n += 1;
  else if (state === "waived") {
    counts.n += 1;
    counts.waived += 1;
  } else if (state === "not-applicable") counts.notApplicable += 1;
  else counts[state] += 1;
}

/** Counts verdicts one at a time; the result does not depend on their order. */
export interface TallyCounter {
  readonly add: (verdict: Verdict) => void;
  /**
   * A finding that stays open because its subject could not be assessed: it still counts as it last was, so that no gap raises a score, and not
   * among the unknown as well. To be called when all verdicts are counted.
   */
  readonly addStale: (finding: {
    readonly state: Extract<State, "fail" | "waived" | "unknown" | "manual">;
    /** The scope in which an unknown verdict of this scan was counted for it; null = none was. */
    readonly askedIn: Scope | null;
    /** The scope in which a failure of this scan, less grave, was counted for it; null = none was. */
    readonly failedIn: Scope | null;
    readonly control: string;
    readonly layer: Layer;
    readonly scope: Scope;
    readonly namespace: string | null;
    readonly severity: Severity;
  }) => void;
  readonly tallies: () => readonly Tally[];
  readonly namespaceTallies: () => readonly NamespaceTally[];
}

/** For the verdicts of one scan. */
export function createTallyCounter(): TallyCounter {
  // Nested maps: a scan adds a million verdicts, and joined keys would be a million texts.
  const scopes = new Map<Scope, Map<string, Counted>>();
  const counted = (control: string, layer: Layer, scope: Scope): Counted => {
    let ofScope = scopes.get(scope);
    if (!ofScope) scopes.set(scope, (ofScope = new Map()));
    let found = ofScope.get(control);
    if (!found) ofScope.set(control, (found = { all: emptyCounts(control, layer, scope), byNamespace: new Map() }));
    return found;
  };
  const inNamespace = ({ all, byNamespace }: Counted, namespace: string): Counts => {
    let counts = byNamespace.get(namespace);
    if (!counts) byNamespace.set(namespace, (counts = emptyCounts(all.control, all.layer, all.scope)));
    return counts;
  };
  const listCounted = () => [...scopes.values()].flatMap((ofScope) => [...ofScope.values()]);
  const namespaceOf = (verdict: Verdict): string => verdict.resource.namespace ?? (verdict.resource.kind === "Namespace" ? verdict.resource.name : "");
  return {
    add: (verdict) => {
      const found = counted(verdict.control, verdict.layer, verdict.scope);
      addVerdict(found.all, verdict);
      addVerdict(inNamespace(found, namespaceOf(verdict)), verdict);
    },
    addStale: (finding) => {
      const found = counted(finding.control, finding.layer, finding.scope);
      const asked = finding.askedIn && counted(finding.control, finding.layer, finding.askedIn);
      if (asked) for (const counts of [asked.all, inNamespace(asked, finding.namespace ?? "")]) counts.unknown = Math.max(0, counts.unknown - 1);
      const failed = finding.failedIn && counted(finding.control, finding.layer, finding.failedIn);
      if (failed)
        for (const counts of [failed.all, inNamespace(failed, finding.namespace ?? "")]) {
          counts.n -= 1;
          counts.failing -= 1;
          if (counts.failing === 0) counts.worst = null;
        }
      for (const counts of [found.all, inNamespace(found, finding.namespace ?? "")]) {
        addVerdict(counts, finding);
        if (finding.state === "fail" || finding.state === "waived") counts.stale += 1;
      }
    },
    tallies: () => listCounted().map(({ all }) => all),
    namespaceTallies: () =>
      listCounted().flatMap(({ byNamespace }) =>
        [...byNamespace]
          .filter(([, counts]) => counts.n + counts.unknown > 0)
          .map(([namespace, { control, layer, scope, n, failing, unknown, worst }]) => ({ control, layer, scope, namespace, n, failing, unknown, worst })),
      ),
  };
}

/** Controls that were asked and said of no subject, in any scope, what they are: a kind that they need could not be read. */
function listUnassessed(current: readonly Tally[]): ReadonlySet<string> {
  const gaps = new Set(current.filter((tally) => tally.unknown + tally.stale > 0).map((tally) => tally.control));
  for (const tally of current) if (tally.n > tally.stale) gaps.delete(tally.control);
  return gaps;
}

/**
 * A control that could not be assessed keeps what it last said, all of it stale, so that no score rises when a permission goes: the failing part
 * came through `addStale`, without what went with its object since, the rest of n comes from here. `unlisted`: controls whose subjects were not listed, or
 * not all of them; of others it is known to which the control does not apply.
 */
export function carryForward(current: readonly Tally[], previous: readonly Tally[], unlisted: ReadonlySet<string>): readonly Tally[] {
  const before = new Map(previous.map((tally) => [`${tally.control} ${tally.scope}`, tally]));
  const unassessed = listUnassessed(current);
  const remembered = new Set(previous.filter((tally) => unassessed.has(tally.control)).map((tally) => tally.control));
  const now = new Map(current.map((tally) => [`${tally.control} ${tally.scope}`, tally]));
  const carried = previous.flatMap((last) => {
    if (!remembered.has(last.control)) return [];
    const is = now.get(`${last.control} ${last.scope}`) ?? emptyCounts(last.control, last.layer, last.scope);
    const n = last.n - last.failing - last.waived + is.failing + is.waived;
    const { manual, subsumed, notApplicable } = unlisted.has(last.control) ? last : is;
    return [{ ...is, manual, subsumed, notApplicable, n, stale: n }];
  });
  const others = current.flatMap((tally) => {
    const last = before.get(`${tally.control} ${tally.scope}`);
    if (remembered.has(tally.control)) return last ? [] : [tally];
    const notAssessed = tally.unknown > 0 && tally.n === tally.stale;
    if (!last || !notAssessed || last.n <= tally.n) return [tally];
    const rest = last.n - tally.n;
    return [{ ...tally, n: tally.n + rest, stale: tally.stale + rest }];
  });
  return [...others, ...carried];
}
