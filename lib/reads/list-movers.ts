import type { OverviewResponse } from "@/lib/contracts/overview";
import { capitalise } from "@/lib/format/words";
import { severityRank } from "@/lib/model/severity";
import type { Scope } from "@/lib/model/verdict";
import type { ChangeLedger, FindingChange } from "@/lib/store/findings/list-changes";
import type { CatalogueAt } from "./catalogue-at";

type Mover = OverviewResponse["movers"][number];

const WORSE: ReadonlySet<string> = new Set(["new", "reopened", "assessed", "new-control", "worsened"]);
const SHOWN: ReadonlySet<string> = new Set([...WORSE, "fixed", "gone"]);

export function isMover(change: FindingChange["change"], scope: Scope): boolean {
  return SHOWN.has(change) && scope === "workload";
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
  const isWorse = (change: FindingChange["change"]): number => (WORSE.has(change) ? 0 : 1);
  const sorted = ledger.changes
    .filter(({ change, finding }) => isMover(change, finding.scope))
    .sort(
      (a, b) =>
        severityRank(a.finding.severity) - severityRank(b.finding.severity) ||
        isWorse(a.change) - isWorse(b.change) ||
        timeOf(b).getTime() - timeOf(a).getTime(),
    );
  const perControl = new Map<string, number>();
  return sorted
    .filter(({ finding }) => {
      const seen = perControl.get(finding.controlId) ?? 0;
      perControl.set(finding.controlId, seen + 1);
      return seen < 2;
    })
    .slice(0, limit)
    .map((change) => toMover(change, findControl));
}
