import type { AnyControl, Outcome, Weakness } from "../controls/define";
import { createContext, findMissingSlice } from "../inventory/context";
import type { Inventory } from "../inventory/inventory";
import type { SliceName } from "../inventory/slices";
import type { Context } from "../inventory/view";
import type { Workload } from "../inventory/workloads/workload";
import type { Patch } from "../model/patch";
import { type ResourceRef, resourceKey } from "../model/resource-ref";
import { hardReads } from "./hard-reads";
import { listSubjects } from "./subjects";

function weaknessesOf(outcome: Outcome): readonly Weakness[] {
  return "state" in outcome ? [] : outcome;
}

/** What a control is asked about: one answer for each template of a workload. */
function valuesOf(control: AnyControl, subject: unknown): readonly unknown[] {
  if (control.subject !== "workload") return [subject];
  const workload = subject as Workload; // safe: listSubjects gives workloads for this kind
  const templates = workload.views().filter((view) => view.source === "template");
  return templates.map((pod) => ({ workload, pod, containers: pod.containers }));
}

/** One patch for all templates of a workload; null where they cannot be one: a part of a patch is no patch. */
function mergePatches(patches: readonly Patch[]): Patch | null {
  const [first, ...others] = patches;
  if (!first || others.some(({ target, remove }) => target !== undefined || remove !== undefined)) return null;
  // What another template needs under the same name, as a policy for its own pods, would take the place of this.
  if (new Set(patches.map(({ create }) => JSON.stringify(create))).size > 1) return null;
  return { ...first, ops: patches.flatMap(({ ops }) => ops) };
}

/**
 * The patch that turns a control green for one subject of an inventory; null when the control offers none, the subject is not
 * there or does not fail. A workload is patched in its template only: what only a live pod shows is fixed at its source.
 */
export function proposePatch(
  inventory: Inventory,
  control: AnyControl,
  resource: ResourceRef,
  locator = "",
  context: Context<SliceName> = createContext(inventory),
): Patch | null {
  if (!control.remedy || findMissingSlice(inventory, hardReads(control))) return null;
  const key = resourceKey(resource);
  const subject = listSubjects(control.subject, inventory, context).find((s) => s.locator === locator && resourceKey(s.ref) === key);
  if (!subject) return null;
  const proposals = valuesOf(control, subject.value).flatMap((value): readonly (Patch | null)[] => {
    const weaknesses = weaknessesOf(control.check(value as never, context as never));
    return weaknesses.length > 0 ? [control.remedy?.(value as never, weaknesses, context as never) ?? null] : [];
  });
  const patches = proposals.filter((patch) => patch !== null);
  return patches.length < proposals.length ? null : mergePatches(patches);
}
