import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import type { Settings } from "@/lib/inventory/inventory";
import type { KindCoverage } from "@/lib/model/coverage";
import type { Verdict } from "@/lib/model/verdict";
import { readCluster } from "./read-cluster";

export interface ScannedCluster {
  readonly coverage: readonly KindCoverage[];
  readonly verdicts: readonly Verdict[];
}

/** Collects and judges with a kubeconfig, as a scan does, and stores nothing. */
export async function scanCluster(kubeconfig: string, observedAt: string, settings: Partial<Settings> = {}): Promise<ScannedCluster> {
  const { coverage, inventory } = await readCluster(kubeconfig, { observedAt, settings });
  return { coverage, verdicts: [...judge(inventory, listControls())] };
}
