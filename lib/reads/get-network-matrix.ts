import "server-only";
import { setImmediate } from "node:timers/promises";
import type { z } from "zod";
import type { NetworkMatrixResponse, NetworkMatrixRow, networkMatrixQuery } from "@/lib/contracts/network";
import type { NamespaceMatrix } from "@/lib/graph/network/namespace-matrix";
import { createRest } from "@/lib/graph/network/rest";
import { OUTSIDE } from "@/lib/model/outside";
import { rememberedOf } from "@/lib/model/remembered";
import type { NetworkAt } from "./network-at";
import { readNetwork } from "./network-frame";
import { openFilledReader } from "./open-reader";

const SHOWN = 30;
/** What it takes to look at one pair of namespaces. */
const STEPS_OF_CELL = 5;

/** Own namespaces first, then those of the platform, by name. */
function scopesOf({ workloads, matrix }: NetworkAt): ReadonlyMap<string, "workload" | "platform"> {
  const platform = new Set([...workloads.values()].flatMap(({ ref, scope }) => (scope === "platform" ? [ref.namespace] : [])));
  const scopes = matrix.namespaces.map((name) => [name, platform.has(name) ? "platform" : "workload"] as const);
  return new Map(scopes.sort(([, a], [, b]) => (a === b ? 0 : a === "workload" ? -1 : 1)));
}

interface Counted {
  readonly counts: NetworkMatrixResponse["counts"];
  /** Of each namespace its wide open ways to and from others and the outside, then its open pairs of workloads. */
  readonly openness: ReadonlyMap<string, readonly [ways: number, pairs: number]>;
}

/** Once for a matrix: of thousands of namespaces there are millions of pairs, among which others work. */
const countPairs = rememberedOf(async (matrix: NamespaceMatrix): Promise<Counted> => {
  const counts = { open: 0, restricted: 0, closed: 0, unknown: 0 };
  const openness = new Map(matrix.namespaces.map((name): [string, [number, number]] => [name, [0, 0]]));
  const ends = [null, ...matrix.namespaces];
  const rest = createRest(
    () => 0,
    () => setImmediate(),
  );
  for (const from of ends) {
    const long = rest(STEPS_OF_CELL * ends.length);
    if (long) await long;
    for (const to of ends) {
      const cell = from === to ? null : matrix.cell(from, to);
      if (cell === null) continue;
      if (from !== null && to !== null) counts[cell.state] += 1;
      for (const end of [openness.get(from ?? ""), openness.get(to ?? "")]) {
        if (end === undefined) continue;
        end[0] += cell.state === "open" ? 1 : 0;
        end[1] += cell.openPairs;
      }
    }
  }
  return { counts, openness };
});

/** Those of the cluster's own that are most open, then those of the platform; as they stood, since a matrix is read by name. */
function keepMostOpen(names: readonly string[], scopes: ReadonlyMap<string, string>, { openness }: Counted, most: number): readonly string[] {
  const own = (name: string): number => (scopes.get(name) === "workload" ? 0 : 1);
  const of = (name: string): readonly [number, number] => openness.get(name) ?? [0, 0];
  const kept = new Set([...names].sort((a, b) => own(a) - own(b) || of(b)[0] - of(a)[0] || of(b)[1] - of(a)[1]).slice(0, most));
  return names.filter((name) => kept.has(name));
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
  const counted = await countPairs(matrix);
  const shown = keepMostOpen(matching, scopes, counted, query.limit ?? SHOWN);
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
    counts: counted.counts,
  };
}
