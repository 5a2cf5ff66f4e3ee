import "server-only";
import { type ReadFault, toContradictionFault } from "@/lib/kube/read-fault";
import type { KindCoverage } from "@/lib/model/coverage";
import type { PlannedList } from "./list-plan";
import type { OptInReader, OptInReading } from "./opt-in-reader";

function nameOf({ kind, served }: PlannedList): Pick<KindCoverage, "group" | "version" | "resource" | "kind"> {
  const [first = ""] = kind.versions;
  return { group: kind.group, version: served?.version ?? first, resource: served?.resource ?? kind.resource, kind: served?.kind ?? kind.kind };
}

export function toReadCoverage(plan: PlannedList, objects: number): KindCoverage {
  return { ...nameOf(plan), status: "read", objects };
}

export function toFaultCoverage(plan: PlannedList, { status, reason, action }: ReadFault): KindCoverage {
  return { ...nameOf(plan), status, objects: 0, reason, action };
}

function titleOf({ resource, group }: PlannedList["kind"]): string {
  if (resource === "*") return group;
  return group === "" ? resource : `${resource}.${group}`;
}

/** Of a list that discovery named: whoever does not find it may be a proxy, or an API server that has just begun. */
export function toVanishedCoverage(plan: PlannedList): KindCoverage {
  return toFaultCoverage(plan, toContradictionFault(titleOf(plan.kind)));
}

export function toAbsentCoverage(plan: PlannedList): KindCoverage {
  const { kind } = plan;
  const reason = `This cluster does not serve ${titleOf(kind)}.`;
  const action = kind.optional ? "Nothing, unless you expect it to be installed." : "Check that the API server is complete.";
  return { ...nameOf(plan), status: "absent", objects: 0, reason, action };
}

/** Of a source that nobody asked for. */
export function toUnaskedCoverage({ kind, off, on }: OptInReader): KindCoverage {
  return { ...kind, status: "not-requested", objects: 0, reason: off, action: on };
}

export function toOptInCoverage({ kind }: OptInReader, { isUsable: _, ...reading }: OptInReading): KindCoverage {
  return { ...kind, ...reading };
}
