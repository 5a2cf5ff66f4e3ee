import "server-only";
import type { z } from "zod";
import type { NetworkMatrixResponse, NetworkMatrixRow, networkMatrixQuery } from "@/lib/contracts/network";
import type { NamespaceMatrix } from "@/lib/graph/network/namespace-matrix";
import { OUTSIDE } from "@/lib/model/outside";
import type { NetworkAt } from "./network-at";
import { readNetwork } from "./network-frame";
import { openFilledReader } from "./open-reader";

const SHOWN = 30;

/** Own namespaces first, then those of the platform, by name. */
function scopesOf({ workloads, matrix }: NetworkAt): ReadonlyMap<string, "workload" | "platform"> {
  const platform = new Set([...workloads.values()].flatMap(({ ref, scope }) => (scope === "platform" ? [ref.namespace] : [])));
  const scopes = matrix.namespaces.map((name) => [name, platform.has(name) ? "platform" : "workload"] as const);
  return new Map(scopes.sort(([, a], [, b]) => (a === b ? 0 : a === "workload" ? -1 : 1)));
}

function countPairs(matrix: NamespaceMatrix): NetworkMatrixResponse["counts"] {
  const counts = { open: 0, restricted: 0, closed: 0, unknown: 0 };
  for (const from of matrix.namespaces)
    for (const to of matrix.namespaces) {
      const state = from === to ? undefined : matrix.cell(from, to)?.state;
      if (state) counts[state] += 1;
    }
  return counts;
}

/** Which namespaces may connect to which, and to and from the outside. Throws not-found. */
export async function getNetworkMatrix(slug: string, query: z.output<typeof networkMatrixQuery>): Promise<NetworkMatrixResponse> {
  const reader = await openFilledReader(slug, query);
  const { frame, network } = await readNetwork(reader);
  if (!network) return { ...frame, columns: [], rows: [], namespaces: 0, matching: 0, workloads: 0, counts: { open: 0, restricted: 0, closed: 0, unknown: 0 } };
  const { matrix } = network;
  const scopes = scopesOf(network);
  const find = query.find?.trim().toLowerCase() ?? "";
  const matching = [...scopes.keys()].filter((name) => name.includes(find));
  const shown = matching.slice(0, query.limit ?? SHOWN);
  const ends: readonly (string | null)[] = [null, ...shown];
  const rows = ends.map(
    (from): NetworkMatrixRow => ({
      from: from ?? OUTSIDE,
      scope: from === null ? null : (scopes.get(from) ?? null),
      cells: ends.map((to) => matrix.cell(from, to)),
    }),
  );
  return {
    ...frame,
    columns: ends.map((name) => name ?? OUTSIDE),
    rows,
    namespaces: matrix.namespaces.length,
    matching: matching.length,
    workloads: network.workloads.size,
    counts: countPairs(matrix),
  };
}
