import "server-only";
import type { VerdictInput } from "./commit-input";
import type { CopyTarget } from "./copy-rows";
import { withoutNul } from "./to-rows-json";
import type { TransitionWriter } from "./transition-writer";

const EVIDENCE: CopyTarget = { table: "evidence", columns: { cluster_id: "int8", digest: "hex", body: "json", reason: "text" } };

type Said = Pick<VerdictInput, "digest" | "evidence" | "reason">;

interface EvidenceRowsOptions {
  readonly writer: TransitionWriter;
  readonly clusterId: number;
  readonly seq: number;
}

/** Writes the evidence of spans, and why they say so, once for each digest: most of it says the same of many objects, and the same again of one that is read again. */
export class EvidenceRows {
  readonly #o: EvidenceRowsOptions;
  readonly #written = new Set<string>();
  #added = new Map<string, Said>();

  constructor(options: EvidenceRowsOptions) {
    this.#o = options;
  }

  add(said: Said): void {
    if (!this.#written.has(said.digest)) this.#added.set(said.digest, said);
  }

  /** Writes what was added and is not stored yet. */
  async flush(): Promise<void> {
    const { writer, clusterId } = this.#o;
    const added = this.#added;
    this.#added = new Map();
    for (const digest of added.keys()) this.#written.add(digest);
    for (const digest of await this.#listStored([...added.keys()])) added.delete(digest);
    if (added.size === 0) return;
    const cells = [...added.values()].map(({ digest, evidence, reason }) => [clusterId, digest, withoutNul(evidence), reason]);
    await writer.copy(EVIDENCE, cells);
  }

  async #listStored(digests: readonly string[]): Promise<readonly string[]> {
    if (this.#o.seq === 1 || digests.length === 0) return [];
    const rows = await this.#o.writer.query<{ digest: string }>(
      "SELECT encode(digest, 'hex') AS digest FROM evidence WHERE cluster_id = $1 AND digest = ANY($2::bytea[])",
      [this.#o.clusterId, digests.map((digest) => Buffer.from(digest, "hex"))],
    );
    return rows.map((row) => row.digest);
  }
}
