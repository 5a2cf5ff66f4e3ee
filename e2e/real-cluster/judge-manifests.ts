import type { AnyControl } from "@/lib/controls/define";
import { judge } from "@/lib/engine/judge";
import { buildInventory } from "@/lib/inventory/build-inventory";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import type { Verdict } from "@/lib/model/verdict";
import type { Manifest } from "../world/manifest";

export interface ManifestSet {
  readonly minor: number;
  readonly isComplete?: boolean;
  readonly observedAt?: string;
}

/** What the product says of manifests, before any server has seen them. */
export function judgeManifests(manifests: readonly Manifest[], controls: readonly AnyControl[], set: ManifestSet): readonly Verdict[] {
  const inventory = buildInventory(manifests, {
    isComplete: set.isComplete ?? false,
    kubeVersion: { major: 1, minor: set.minor, text: `v1.${set.minor}.0` },
    observedAt: set.observedAt ?? "2026-11-25T00:00:00Z",
    settings: DEFAULT_SETTINGS,
  });
  return [...judge(inventory, controls)];
}
