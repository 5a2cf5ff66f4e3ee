import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import type { KindCoverage } from "@/lib/model/coverage";
import type { Verdict } from "@/lib/model/verdict";
import { readCluster } from "./read-cluster";

export interface ScannedCluster {
  readonly coverage: readonly KindCoverage[];
  readonly verdicts: readonly Verdict[];
}

/** Collects and judges with a kubeconfig, as a scan does, and stores nothing. */
export async function scanCluster(kubeconfig: string, observedAt: string): Promise<ScannedCluster> {
  const { coverage, inventory } = await readCluster(kubeconfig, { observedAt });
  return { coverage, verdicts: [...judge(inventory, listControls())] };
}
