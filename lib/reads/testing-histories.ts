import { DATABASE_KINDS, type DatabaseKind } from "@/lib/store/testing/test-databases";

/** Which made-up clusters are tried, for how many scans, and where they are stored. */
export interface Histories {
  readonly seeds: readonly number[];
  readonly scans: number;
  readonly database: DatabaseKind;
}

/** More of them, and PostgreSQL, for who changes the store or a read: CONTRIBUTING.md says how. */
export function chooseHistories(usual: Pick<Histories, "seeds" | "scans">): Histories {
  const { CONCENTRIC_MEMORY_SEEDS: seeds, CONCENTRIC_MEMORY_SCANS: scans, CONCENTRIC_MEMORY_DATABASE: database } = process.env;
  return {
    seeds: seeds?.split(",").map(Number) ?? usual.seeds,
    scans: Number(scans ?? usual.scans),
    database: DATABASE_KINDS.find((kind) => kind === database) ?? "pglite",
  };
}
