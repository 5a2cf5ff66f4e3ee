import { ALL_COLLECTORS } from "@/lib/collectors/all-collectors";
import { collect, connect } from "@/lib/collectors/collect";
import type { Collector } from "@/lib/collectors/define-collector";
import { DEFAULT_SETTINGS, type Inventory, type Settings } from "@/lib/inventory/inventory";
import { createInventoryBuilder } from "@/lib/inventory/inventory-builder";
import { openConnection } from "@/lib/kube/open-connection";
import type { KindCoverage } from "@/lib/model/coverage";

export interface ClusterReading {
  /** ISO instant; left out = now. */
  readonly observedAt?: string;
  readonly settings?: Partial<Settings>;
  /** Left out = all that a scan reads. */
  readonly collectors?: readonly Collector[];
}

export interface ReadCluster {
  readonly coverage: readonly KindCoverage[];
  readonly inventory: Inventory;
}

/** Collects with a kubeconfig, as a scan does. */
export async function readCluster(kubeconfig: string, reading: ClusterReading = {}): Promise<ReadCluster> {
  const connection = openConnection({ source: "kubeconfig", kubeconfig, context: null });
  try {
    const kubeVersion = await connect(connection);
    const builder = createInventoryBuilder({
      isComplete: true,
      kubeVersion,
      observedAt: reading.observedAt ?? new Date().toISOString(),
      settings: { ...DEFAULT_SETTINGS, ...reading.settings },
    });
    const { coverage } = await collect(
      connection,
      { add: (body) => void builder.add(body), markRead: builder.markRead, markMissing: builder.markMissing },
      { collectors: reading.collectors ?? ALL_COLLECTORS, optInSources: reading.settings?.optInSources ?? [] },
    );
    return { coverage, inventory: builder.finish() };
  } finally {
    await connection.close();
  }
}
