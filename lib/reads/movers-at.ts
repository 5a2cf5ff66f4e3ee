import "server-only";
import type { Pool } from "pg";
import type { OverviewResponse } from "@/lib/contracts/overview";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import type { ChangeRange } from "@/lib/store/findings/changed-findings";
import { listChanges } from "@/lib/store/findings/list-changes";
import type { CatalogueAt } from "./catalogue-at";
import { chooseMovers, listMovers } from "./list-movers";
import type { FilledReader } from "./open-reader";

type Movers = OverviewResponse["movers"];

/** As many as stand beside the rings without pushing the trend below the fold; the comparison lists all. */
const MOVERS = 3;
/** Of each kind of change, the worst that these are chosen from. */
const LOOKED_AT = 40;
const KEPT = 1_000;
const caches = heldBy<Pool, LruCache<Movers>>("movers", () => new LruCache<Movers>(KEPT, () => 1));

/** The changes of a range that people should hear of first. They never change, so they are kept. */
export function loadMovers({ pool, cluster }: FilledReader, range: ChangeRange, { find }: CatalogueAt): Promise<Movers> {
  return caches(pool).get(JSON.stringify([cluster.id, range]), async () =>
    listMovers(await listChanges(pool, cluster.id, range, LOOKED_AT, (groups) => chooseMovers(groups, MOVERS)), MOVERS, find),
  );
}
