import "server-only";
import type { AnyControl } from "@/lib/controls/define";
import { judge } from "@/lib/engine/judge";
import type { JsonRecord } from "@/lib/model/json";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import type { FilledReader } from "./open-reader";
import { rebuildInventory, rebuildNear, toWorld } from "./rebuild-inventory";
import { withTemplate } from "./with-template";

export interface Judged {
  readonly verdicts: readonly Verdict[];
  /** Those that were not asked: what they need of the snapshot is too much for one page. */
  readonly untold: readonly AnyControl[];
}

/**
 * What controls of one kind of subject say of one object as of the reader's snapshot, judged again from what is remembered: only what is not met is
 * stored.
 */
export async function judgeObject(reader: FilledReader, controls: readonly AnyControl[], object: ResourceRef, manifest: JsonRecord | null): Promise<Judged> {
  const [first] = controls;
  if (!first) return { verdicts: [], untold: [] };
  const joint: AnyControl = {
    ...first,
    reads: [...new Set(controls.flatMap(({ reads }) => reads))],
    extraReads: [...new Set(controls.flatMap(({ extraReads }) => extraReads ?? []))],
  };
  const rebuilt = (await rebuildInventory(reader, joint, object, manifest && withTemplate(manifest))) ?? (await rebuildNear(reader, joint, object));
  if (!rebuilt) return { verdicts: [], untold: controls };
  const isWhole = ({ reads }: AnyControl): boolean => reads.every((slice) => rebuilt.slices.has(slice));
  const { inventory, context } = toWorld(rebuilt.build(rebuilt.objects), rebuilt.rights);
  const key = resourceKey(object);
  const verdicts = [...judge(inventory, controls.filter(isWhole), (ref, all) => (resourceKey(ref) === key ? all : []), context)];
  return { verdicts, untold: controls.filter((control) => !isWhole(control)) };
}
