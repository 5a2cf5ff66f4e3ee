import type { AnyControl, Outcome, Weakness } from "../controls/define";
import { createContext, findMissingSlice } from "../inventory/context";
import type { Inventory } from "../inventory/inventory";
import type { Workload } from "../inventory/workload";
import type { Patch } from "../model/patch";
import { type ResourceRef, resourceKey } from "../model/resource-ref";
import { hardReads } from "./hard-reads";
import { listSubjects } from "./subjects";

function weaknessesOf(outcome: Outcome): readonly Weakness[] {
  return "state" in outcome ? [] : outcome;
}

/**
 * The patch that turns a control green for one subject of an inventory; null when the control offers none, the subject is not
 * there or does not fail. A workload is patched in its template only: what only a live pod shows is fixed at its source.
 */
export function proposePatch(inventory: Inventory, control: AnyControl, resource: ResourceRef, locator = ""): Patch | null {
  if (!control.remedy || findMissingSlice(inventory, hardReads(control))) return null;
  const context = createContext(inventory);
  const key = resourceKey(resource);
  const subject = listSubjects(control.subject, inventory, context).find((s) => s.locator === locator && resourceKey(s.ref) === key);
  if (!subject) return null;
  let value: unknown = subject.value;
  if (control.subject === "workload") {
    const workload = subject.value as Workload; // safe: listSubjects gives workloads for this kind
    const pod = workload.views().find((view) => view.source === "template");
    if (!pod) return null;
    value = { workload, pod, containers: pod.containers };
  }
  const weaknesses = weaknessesOf(control.check(value as never, context as never));
  return weaknesses.length > 0 ? control.remedy(value as never, weaknesses, context as never) : null;
}
