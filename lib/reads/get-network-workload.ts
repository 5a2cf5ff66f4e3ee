import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { z } from "zod";
import type { NetworkWorkload, NetworkWorkloadResponse, networkWorkloadQuery } from "@/lib/contracts/network";
import type { Direction } from "@/lib/graph/network/endpoint";
import { hasGaps } from "@/lib/graph/network/policy-gaps";
import type { ReachClass } from "@/lib/graph/network/reach-classes";
import { listReachRows } from "@/lib/graph/network/reach-rows";
import type { Workload } from "@/lib/inventory/workloads/workload";
import type { ResourceRef } from "@/lib/model/resource-ref";
import { resourceKey } from "@/lib/model/resource-ref";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import type { NetworkAt } from "./network-at";
import { listNetworkChoices } from "./network-choices";
import { readNetwork } from "./network-frame";
import { openFilledReader } from "./open-reader";
import { toNetworkRows } from "./to-network-rows";

const POLICIES = 50;

function sideOf({ reach }: NetworkAt, classes: readonly ReachClass[], direction: Direction): NetworkWorkload["ingress"] {
  const sides = classes.map((self) => reach.sideOf(self, direction));
  const objects = sides.flatMap(({ side: { admin, isolating, foreign } }): readonly ResourceRef[] => [
    ...[...admin.Admin, ...isolating, ...foreign.cilium, ...foreign.calico, ...admin.Baseline].map((policy) => policy.object.ref),
    ...[...foreign.unread, ...foreign.firewalls, ...foreign.hosts.antrea, ...foreign.hosts.closing, ...foreign.hosts.firewalls].map((object) => object.ref),
    ...[...foreign.hosts.cilium, ...foreign.hosts.calico].map((policy) => policy.object.ref),
  ]);
  const policies = [...new Map(objects.map((ref) => [resourceKey(ref), ref])).values()];
  const isLimited = policies.length > 0 && sides.some(({ isFree }) => !isFree);
  const isWhole = sides.every(({ side }) => !hasGaps(side.gaps));
  return { isLimited, policies: policies.slice(0, POLICIES), policyCount: policies.length, isWhole };
}

async function toWorkload(network: NetworkAt, key: string, { ref, scope, hostNetwork }: Workload): Promise<NetworkWorkload> {
  const { reach } = network;
  const own = reach.classesOf(key);
  const others = [null, ...reach.classes.classes];
  return {
    ref,
    scope,
    isHostNetwork: hostNetwork === "all",
    ingress: sideOf(network, own, "ingress"),
    egress: sideOf(network, own, "egress"),
    incoming: toNetworkRows(await listReachRows(reach, others, own, () => setImmediate()), "from"),
    outgoing: toNetworkRows(await listReachRows(reach, own, others, () => setImmediate()), "to"),
  };
}

const caches = heldBy<Pool, LruCache<NetworkWorkload>>("network-workload", () => new LruCache<NetworkWorkload>(300, () => 1));

/** Who may connect to a workload, and what it may connect to, on which ports and why. Throws not-found. */
export async function getNetworkWorkload(slug: string, query: z.output<typeof networkWorkloadQuery>): Promise<NetworkWorkloadResponse> {
  const reader = await openFilledReader(slug, query);
  const { frame, network } = await readNetwork(reader);
  const asked = query.workload?.trim() || null;
  const found = asked === null ? undefined : network?.workloads.get(asked);
  const key = `${reader.cluster.id}/${reader.at.seq}/${JSON.stringify([asked, network?.context.settings])}`;
  const workload = network && found && asked !== null ? await caches(reader.pool).get(key, () => toWorkload(network, asked, found)) : null;
  return { ...frame, asked, workload, choices: listNetworkChoices(network) };
}
