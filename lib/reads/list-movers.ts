import type { OverviewResponse } from "@/lib/contracts/overview";
import { capitalise } from "@/lib/format/words";
import { severityRank } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import type { ChangeGroup, ChangeLedger, FindingChange } from "@/lib/store/findings/list-changes";
import type { CatalogueAt } from "./catalogue-at";

type Mover = OverviewResponse["movers"][number];

const WORSE: ReadonlySet<string> = new Set(["new", "reopened", "assessed", "new-control", "worsened"]);
const SHOWN: ReadonlySet<string> = new Set([...WORSE, "fixed", "gone"]);

function isMover(change: FindingChange["change"], scope: Scope): boolean {
  return SHOWN.has(change) && scope === "workload";
}

const MOST_OF_A_CONTROL = 2;

/** Orders by what people should hear of first, as far as groups tell it: the worst severity, and what got worse before what got better. */
function compareGroups(a: Pick<ChangeGroup, "kind" | "severity">, b: Pick<ChangeGroup, "kind" | "severity">): number {
  return severityRank(a.severity) - severityRank(b.severity) || Number(!WORSE.has(a.kind)) - Number(!WORSE.has(b.kind));
}

/** The groups of changes of which `limit` movers are made: those after them in the order of movers, which only time parts further, have none. */
export function chooseMovers<Group extends ChangeGroup>(groups: readonly Group[], limit: number): readonly Group[] {
  const sorted = groups.filter(({ kind, scope }) => isMover(kind, scope)).sort(compareGroups);
  const perControl = new Map<string, number>();
  let found = 0;
  const last = sorted.find(({ control, count }) => {
    const seen = perControl.get(control) ?? 0;
    const taken = Math.min(count, MOST_OF_A_CONTROL - seen);
    perControl.set(control, seen + taken);
    return (found += taken) >= limit;
  });
  return last ? sorted.filter((group) => compareGroups(group, last) <= 0) : sorted;
}

/** When it came or, where it is over, when it went. */
const timeOf = ({ finding }: FindingChange): Date => finding.closedAt ?? finding.openedAt;

function toMover(moved: FindingChange, findControl: CatalogueAt["find"]): Mover {
  const { change, finding } = moved;
  const { namespace, name, kind } = finding.resource;
  return {
    change: change as Mover["change"], // safe: SHOWN holds exactly these
    id: finding.publicId,
    title: capitalise(findControl(finding.controlId)?.failure ?? finding.controlId),
    severity: finding.severity,
    layer: finding.layer,
    object: namespace ? `${namespace}/${name}` : name,
    kind,
    at: timeOf(moved).toISOString(),
  };
}

/**
 * The changes of workloads, as of all else that stands beside them, that people should hear of first: worst severity, what got worse before what got
 * better, the newest, two of a control at most.
 */
export function listMovers(ledger: ChangeLedger, limit: number, findControl: CatalogueAt["find"]): Mover[] {
  const sorted = ledger.changes
    .filter(({ change, finding }) => isMover(change, finding.scope))
    .sort(
      (a, b) =>
        compareGroups({ kind: a.change, severity: a.finding.severity }, { kind: b.change, severity: b.finding.severity }) ||
        timeOf(b).getTime() - timeOf(a).getTime(),
    );
  const perControl = new Map<string, number>();
  return sorted
    .filter(({ finding }) => {
      const seen = perControl.get(finding.controlId) ?? 0;
      perControl.set(finding.controlId, seen + 1);
      return seen < MOST_OF_A_CONTROL;
    })
    .slice(0, limit)
    .map((change) => toMover(change, findControl));
}
