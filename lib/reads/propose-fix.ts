import "server-only";
import type { FindingPatch } from "@/lib/contracts/findings";
import type { AnyControl } from "@/lib/controls/define";
import { findControl, listControls } from "@/lib/controls/registry";
import { applyPatch } from "@/lib/engine/apply-patch";
import { judge } from "@/lib/engine/judge";
import { patchObjects } from "@/lib/engine/patch-objects";
import { proposePatch } from "@/lib/engine/propose-patch";
import { subjectSlices } from "@/lib/engine/subjects";
import { isMadeAnew, toJsonPatch, toKubectl } from "@/lib/engine/to-kubectl";
import { toDiffLines } from "@/lib/format/diff-lines";
import { toYamlText } from "@/lib/format/to-yaml-lines";
import type { Inventory } from "@/lib/inventory/inventory";
import { dig, type JsonRecord } from "@/lib/model/json";
import type { Patch } from "@/lib/model/patch";
import { type ResourceRef, resourceKey, toResourceRef } from "@/lib/model/resource-ref";
import type { State, Verdict } from "@/lib/model/verdict";
import { findManagedBy } from "./managed-by";
import type { FilledReader } from "./open-reader";
import { type RebuiltInventory, rebuildInventory } from "./rebuild-inventory";

const FAILING: ReadonlySet<State> = new Set<State>(["fail", "subsumed"]);

/** The verdicts on one subject, by `control locator`. */
function judgeOne(inventory: Inventory, controls: readonly AnyControl[], subject: ResourceRef): ReadonlyMap<string, Verdict> {
  const key = resourceKey(subject);
  return new Map([...judge(inventory, controls, (ref) => resourceKey(ref) === key)].map((verdict) => [toKey(verdict.control, verdict.locator), verdict]));
}

function toKey(control: string, locator: string): string {
  return `${control} ${locator}`;
}

interface Proposal {
  readonly control: AnyControl;
  readonly subject: ResourceRef;
  readonly locator: string;
  readonly patch: Patch;
}

/** Judges the subject before and after the patch, with every control whose slices are at hand. Null when the finding does not show from these. */
function prove(rebuilt: RebuiltInventory, present: Inventory, { control, subject, locator, patch }: Proposal): FindingPatch["proof"] {
  const controls = listControls().filter(
    (other) => other.subject === control.subject && [...other.reads, ...subjectSlices(other.subject)].every((slice) => rebuilt.slices.has(slice)),
  );
  const before = judgeOne(present, controls, subject);
  const own = toKey(control.id, locator);
  const fails = (verdicts: typeof before, key: string): boolean => FAILING.has(verdicts.get(key)?.state ?? "pass");
  if (!fails(before, own)) return null;
  const after = judgeOne(rebuilt.build(patchObjects(rebuilt.objects, subject, patch)), controls, subject);
  const started = [...after].filter(([key]) => fails(after, key) && !fails(before, key));
  const didNotApply = ([key]: (typeof started)[number]): boolean => before.get(key)?.state === "not-applicable";
  const titlesOf = (verdicts: typeof started) => [...new Set(verdicts.map(([, { control: id }]) => findControl(id)?.title ?? id))];
  return {
    turnsGreen: after.get(own)?.state === "unknown" ? null : !fails(after, own),
    breaks: titlesOf(started.filter((one) => !didNotApply(one))),
    uncovers: titlesOf(started.filter(didNotApply)),
  };
}

function sayMadeAnew({ kind }: ResourceRef, object: JsonRecord | undefined): string {
  const without = dig(object, "spec", "ephemeralContainers") === undefined ? "" : ", without the containers that were added to debug it";
  return `A ${kind} is fixed once it runs: it is deleted and made again${without}.`;
}

function toPatchDto(rebuilt: RebuiltInventory, present: Inventory, proposal: Proposal): FindingPatch {
  const { control, subject, patch } = proposal;
  const target = patch.target ?? subject;
  const object = rebuilt.objects.find((candidate) => resourceKey(toResourceRef(candidate)) === resourceKey(target));
  const hasOps = patch.ops.length > 0 && object !== undefined;
  const jsonPatch = hasOps ? toJsonPatch(object, patch.ops) : [];
  const manifest = patch.create && patch.create.length > 0 ? patch.create.map((created) => toYamlText(created).text).join("---\n") : null;
  return {
    title: control.action,
    target: hasOps ? target : null,
    diff: hasOps ? [...toDiffLines(toYamlText(object).text, toYamlText(applyPatch(object, patch.ops)).text)] : [],
    kubectl: toKubectl(target, patch, jsonPatch, object),
    jsonPatch: hasOps ? JSON.stringify(jsonPatch, null, 2) : null,
    manifest,
    risk: patch.risk,
    note: isMadeAnew(target, jsonPatch) ? [patch.note, sayMadeAnew(target, object)].filter(Boolean).join(" ") : (patch.note ?? null),
    proof: prove(rebuilt, present, proposal),
    managedBy: object ? findManagedBy(object) : null,
  };
}

/**
 * The patch for one finding, tried on the snapshot of the page. Null when the control offers none, the object is not
 * remembered, or the cluster is too large to judge again for a page.
 */
export async function proposeFix(
  reader: FilledReader,
  control: AnyControl,
  subject: ResourceRef,
  locator: string,
  body: JsonRecord | null,
): Promise<FindingPatch | null> {
  if (!control.remedy) return null;
  const rebuilt = await rebuildInventory(reader, control, subject, body);
  if (!rebuilt) return null;
  const present = rebuilt.build(rebuilt.objects);
  const patch = proposePatch(present, control, subject, locator);
  const target = resourceKey(patch?.target ?? subject);
  const isRemembered = rebuilt.objects.some((object) => resourceKey(toResourceRef(object)) === target);
  // A part of a patch is no patch.
  if (patch && patch.ops.length > 0 && !isRemembered) return null;
  return patch ? toPatchDto(rebuilt, present, { control, subject, locator, patch }) : null;
}
