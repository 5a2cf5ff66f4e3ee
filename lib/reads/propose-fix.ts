import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { FindingPatch } from "@/lib/contracts/findings";
import { applyPatch } from "@/lib/engine/apply-patch";
import { proposePatch } from "@/lib/engine/propose-patch";
import { isMadeAnew, toJsonPatch, toKubectl } from "@/lib/engine/to-kubectl";
import { toDiffLines } from "@/lib/format/diff-lines";
import { toYamlText } from "@/lib/format/to-yaml-lines";
import { dig, type JsonRecord } from "@/lib/model/json";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { Evidence } from "@/lib/model/verdict";
import type { Posture } from "@/lib/scoring/posture";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { findResource, findResourceVersion } from "@/lib/store/resources";
import { findManagedBy } from "./managed-by";
import type { FilledReader } from "./open-reader";
import type { PostureAt } from "./posture-at";
import { findRebuilt, type RebuiltInventory, rebuildInventory, toWorld } from "./rebuild-inventory";
import { heldBySettings } from "./settings-at";
import type { Proposal } from "./trial-ground";
import { type Trial, tryPatch } from "./try-patch";
import { withRunningImages } from "./with-running-images";

function sayMadeAnew({ kind }: ResourceRef, object: JsonRecord | undefined): string {
  const without = dig(object, "spec", "ephemeralContainers") === undefined ? "" : ", without the containers that were added to debug it";
  return `A ${kind} is fixed once it runs: it is deleted and made again${without}.`;
}

async function findReverter({ pool, cluster, at }: FilledReader, target: ResourceRef, object: JsonRecord | undefined): Promise<string | null> {
  if (object === undefined) return null;
  const stored = await findResource(pool, cluster.id, resourceKey(target), at.seq);
  return findManagedBy(object, stored && (await findResourceVersion(pool, cluster.id, stored.id, at.seq))?.managers);
}

async function toPatchDto(reader: FilledReader, rebuilt: RebuiltInventory, proposal: Proposal, { proof, triedOn, untold }: Trial): Promise<FindingPatch> {
  const { control, subject, patch } = proposal;
  const target = patch.target ?? subject;
  const [object] = findRebuilt(rebuilt, new Set([resourceKey(target)]));
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
    proof,
    triedOn,
    untold,
    managedBy: await findReverter(reader, target, object),
  };
}

/** What a fix is, and both postures with it; null where it is not tried on all that it changes. */
export interface Fix {
  readonly patch: FindingPatch;
  readonly postures: readonly Posture[] | null;
}

export interface ToFix extends Omit<Proposal, "patch"> {
  /** The public id of the finding. */
  readonly id: string;
  readonly body: JsonRecord | null;
  /** What the finding says of `body`. */
  readonly evidence: readonly Evidence[];
}

async function makeFix(reader: FilledReader, posture: PostureAt, { control, subject, locator, body, evidence }: ToFix): Promise<Fix | null> {
  if (!control.remedy) return null;
  const rebuilt = await rebuildInventory(reader, control, subject, body);
  if (!rebuilt) return null;
  const { inventory, context } = toWorld(withRunningImages(rebuilt.build(rebuilt.objects), subject, body, evidence), rebuilt.rights);
  await setImmediate(); // others are answered between two things that take long
  const patch = proposePatch(inventory, control, subject, locator, context);
  const isRemembered = findRebuilt(rebuilt, new Set([resourceKey(patch?.target ?? subject)])).length > 0;
  // A part of a patch is no patch.
  if (!patch || (patch.ops.length > 0 && !isRemembered)) return null;
  const proposal = { control, subject, locator, patch };
  const trial = await tryPatch({ reader, posture, proposal, body }, rebuilt);
  return { patch: await toPatchDto(reader, rebuilt, proposal, trial), postures: trial.postures };
}

/** So many are kept: what a link shows is asked for by everybody who was sent it. */
const KEPT = 50;
const caches = heldBy<Pool, LruCache<Fix | null>>("fixes", () => new LruCache(KEPT, () => 1));

/**
 * The patch for one finding, tried on the snapshot of the page. Null when the control offers none, the object is not remembered, or the cluster is too
 * large to judge again for a page.
 */
export function proposeFix(reader: FilledReader, posture: PostureAt, toFix: ToFix): Promise<Fix | null> {
  // A snapshot never changes, and neither does what is tried on it by its settings.
  return heldBySettings(caches(reader.pool), reader, () => makeFix(reader, posture, toFix), toFix.id);
}
