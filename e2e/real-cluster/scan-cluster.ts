import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { collect, connect } from "@/lib/collectors/collect";
import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import { DEFAULT_SETTINGS } from "@/lib/inventory/inventory";
import { createInventoryBuilder } from "@/lib/inventory/inventory-builder";
import { openConnection } from "@/lib/kube/open-connection";
import type { KindCoverage } from "@/lib/model/coverage";
import type { Verdict } from "@/lib/model/verdict";

export interface ScannedCluster {
  readonly coverage: readonly KindCoverage[];
  readonly verdicts: readonly Verdict[];
}

/** Collects and judges with a kubeconfig, as a scan does, and stores nothing. */
export async function scanCluster(kubeconfig: string, observedAt: string): Promise<ScannedCluster> {
  const connection = openConnection({ source: "kubeconfig", kubeconfig, context: null });
  try {
    const kubeVersion = await connect(connection);
    const builder = createInventoryBuilder({ isComplete: true, kubeVersion, observedAt, settings: DEFAULT_SETTINGS });
    const { coverage } = await collect(
      connection,
      { add: (body) => void builder.add(body), markRead: builder.markRead, markMissing: builder.markMissing },
      { collectors: ALL_COLLECTORS },
    );
    return { coverage, verdicts: [...judge(builder.finish(), listControls())] };
  } finally {
    await connection.close();
  }
}
