import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { z } from "zod";
import type { NetworkPairResponse, NetworkRows, networkPairQuery } from "@/lib/contracts/network";
import { AppError } from "@/lib/errors/app-error";
import { listReachRows } from "@/lib/graph/network/reach-rows";
import type { ReachClass } from "@/lib/graph/network/reach-classes";
import { OUTSIDE } from "@/lib/model/outside";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import type { NetworkAt } from "./network-at";
import { readNetwork } from "./network-frame";
import { openFilledReader } from "./open-reader";
import { toNetworkRows } from "./to-network-rows";

function classesIn(network: NetworkAt, name: string): readonly (ReachClass | null)[] {
  if (name === OUTSIDE) return [null];
  const found = network.reach.classes.classes.filter(({ namespace }) => namespace === name);
  if (found.length === 0) throw new AppError("not-found", `Nothing runs in a namespace called ${name} in this snapshot.`);
  return found;
}

const caches = heldBy<Pool, LruCache<NetworkRows>>("network-pair", () => new LruCache<NetworkRows>(100, () => 1));

/** Who in one namespace may connect to whom in another, on which ports and why. Throws not-found and bad-request. */
export async function getNetworkPair(slug: string, query: z.output<typeof networkPairQuery>): Promise<NetworkPairResponse> {
  const { from, to } = query;
  if (from === OUTSIDE && to === OUTSIDE) throw new AppError("bad-request", "from and to are both the outside: one of them must be a namespace.");
  const reader = await openFilledReader(slug, query);
  const { frame, network } = await readNetwork(reader);
  if (!network) return { ...frame, from, to, cell: null, pair: toNetworkRows([], null) };
  const [senders, receivers] = [classesIn(network, from), classesIn(network, to)];
  const key = `${reader.cluster.id}/${reader.at.seq}/${JSON.stringify([from, to, network.context.settings])}`;
  const pair = await caches(reader.pool).get(key, async () =>
    toNetworkRows(await listReachRows(network.reach, senders, receivers, () => setImmediate()), null),
  );
  const cell = network.matrix.cell(from === OUTSIDE ? null : from, to === OUTSIDE ? null : to);
  return { ...frame, from, to, cell, pair };
}
