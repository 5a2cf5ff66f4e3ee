import type { AnyControl } from "../controls/define";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import type { Inventory, KubeVersion, Settings } from "../inventory/inventory";
import type { JsonRecord } from "../model/json";
import type { Verdict } from "../model/verdict";

export interface ManifestScan {
  readonly isComplete: boolean;
  readonly kubeVersion: KubeVersion | null;
  readonly settings: Settings;
  readonly observedAt: string;
  /** Where objects of namespaced kinds are that name no namespace. */
  readonly namespace: string;
}

export function toManifestInventory(objects: readonly JsonRecord[], scan: ManifestScan): Inventory {
  return buildInventory(objects, {
    codec: "as-it-is",
    isComplete: scan.isComplete,
    kubeVersion: scan.kubeVersion,
    observedAt: scan.observedAt,
    namespace: scan.namespace,
    settings: scan.settings,
  });
}

export function judgeManifests(objects: readonly JsonRecord[], controls: readonly AnyControl[], scan: ManifestScan): Iterable<Verdict> {
  return judge(toManifestInventory(objects, scan), controls);
}
