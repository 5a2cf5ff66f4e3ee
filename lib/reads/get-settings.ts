import "server-only";
import type { SettingsResponse } from "@/lib/contracts/settings";
import { parseSettings } from "@/lib/scan/parse-settings";
import { toScopeHash } from "@/lib/scan/to-scope-hash";
import { getCluster } from "@/lib/store/clusters";
import { getDatabase } from "@/lib/store/database-handle";
import { findNewest } from "./find-newest";
import { listTuned } from "./list-tuned";

/** What a cluster's operators told us, and whether the latest snapshot knows it. Throws not-found. */
export async function getSettings(slug: string): Promise<SettingsResponse> {
  const { pool, prisma } = getDatabase();
  const cluster = await getCluster(prisma, slug);
  const settings = parseSettings(cluster.settings);
  const latest = await findNewest(pool, cluster.id);
  return {
    ...settings,
    trustedRegistries: [...settings.trustedRegistries],
    platformNamespaces: [...settings.platformNamespaces],
    ownControls: [...settings.ownControls],
    optInSources: [...settings.optInSources],
    tuned: listTuned(settings, cluster.settings),
    isApplied: latest?.scopeHash === toScopeHash(settings),
  };
}
