import "server-only";
import { packManifest } from "../manifest-body";
import type { ResourceInput } from "./commit-input";
import type { Cell, CopyTarget } from "./copy-rows";
import { IdBlock } from "./id-block";
import type { KnownResource } from "./open-state";
import { toRowsJson } from "./to-rows-json";
import type { TransitionWriter } from "./transition-writer";

/** Bytes of packed bodies after which a page is written, however few its rows. */
const PAGE_BYTES = 2 * 1024 * 1024;
const PAGE_ROWS = 1_000;

const RESOURCES: CopyTarget = {
  table: "resource",
  columns: {
    id: "int8",
    cluster_id: "int8",
    key: "text",
    api_group: "text",
    version: "text",
    kind: "text",
    namespace: "text",
    name: "text",
    scope: "text",
    first_seq: "int4",
  },
};
const VERSIONS: CopyTarget = {
  table: "resource_version",
  columns: { resource_id: "int8", cluster_id: "int8", from_seq: "int4", digest: "hex", body: "bytes", managers: "json" },
};
const UPDATE_RESOURCES = `UPDATE resource r SET version = x.version, scope = x.scope, gone_seq = NULL
  FROM jsonb_to_recordset($1::jsonb) AS x(id bigint, version text, scope text) WHERE r.id = x.id`;
const CLOSE_VERSIONS = "UPDATE resource_version SET to_seq = $2 WHERE id = ANY($1::bigint[])";
const MARK_GONE = "UPDATE resource SET gone_seq = $2 WHERE id = ANY($1::bigint[])";

/** Group and kind, the first two parts of a resource key. */
export function kindOfKey(key: string): string {
  return key.slice(0, key.indexOf("/", key.indexOf("/") + 1));
}

/** Compares what a scan saw with what is stored, and writes versions that began or ended. */
export class ResourceDiff {
  readonly #known: Map<string, KnownResource>;
  readonly #writer: TransitionWriter;
  readonly #ids: IdBlock;
  readonly #clusterId: number;
  readonly #seq: number;
  #inserts: Cell[][] = [];
  #updates: object[] = [];
  #versions: Cell[][] = [];
  #closedVersions: number[] = [];
  #bodyBytes = 0;

  constructor(known: Map<string, KnownResource>, writer: TransitionWriter, clusterId: number, seq: number) {
    this.#known = known;
    this.#writer = writer;
    this.#ids = new IdBlock(writer, "resource");
    this.#clusterId = clusterId;
    this.#seq = seq;
  }

  async take(resources: readonly ResourceInput[]): Promise<void> {
    await this.#ids.reserve(resources.length);
    for (const resource of resources) {
      const known = this.#known.get(resource.key);
      if (known === undefined) this.#add(resource);
      else if (known.change === "absent") this.#change(known, resource, "new");
      else if (known.change === "unseen") {
        const isSame = known.digest === resource.digest;
        if (isSame && known.scope === resource.scope) known.change = "same";
        // What settings move is as it was.
        else this.#change(known, resource, isSame ? "same" : "changed");
      }
      if (this.#bodyBytes >= PAGE_BYTES || this.#versions.length >= PAGE_ROWS) await this.flush();
    }
  }

  /** A subject that is no stored object (the cluster itself, a user): it gets a row without a version. */
  async addSubject(resource: Omit<ResourceInput, "digest" | "body">): Promise<KnownResource> {
    await this.#ids.reserve(1);
    // It may have been there without a finding: nothing says that it is new.
    const known = this.#insert(resource, "absent");
    if (this.#inserts.length >= PAGE_ROWS) await this.flush();
    return known;
  }

  /** Ends what was not seen, except kinds that could not be read. */
  async finish(staleKinds: Pick<ReadonlySet<string>, "has">): Promise<void> {
    await this.flush();
    const gone: KnownResource[] = [];
    for (const known of this.#known.values()) {
      if (known.change !== "unseen" || staleKinds.has(kindOfKey(known.key))) continue;
      known.change = "gone";
      gone.push(known);
    }
    if (gone.length === 0) return;
    const versions = gone.map((known) => known.versionId).filter((id) => id !== null);
    await this.#writer.push(CLOSE_VERSIONS, [versions, this.#seq], versions.length);
    await this.#writer.push(MARK_GONE, [gone.map((known) => known.id), this.#seq], gone.length);
  }

  #insert(resource: Omit<ResourceInput, "digest" | "body">, change: "new" | "absent"): KnownResource {
    const known: KnownResource = { id: this.#ids.take(), key: resource.key, scope: resource.scope, versionId: null, digest: null, change };
    this.#known.set(resource.key, known);
    const { key, group, version, kind, namespace, name, scope } = resource;
    this.#inserts.push([known.id, this.#clusterId, key, group, version, kind, namespace, name, scope, this.#seq]);
    return known;
  }

  #add(resource: ResourceInput): void {
    this.#addVersion(this.#insert(resource, "new"), resource);
  }

  #change(known: KnownResource, resource: ResourceInput, change: "same" | "changed" | "new"): void {
    const { version, scope } = resource;
    this.#updates.push({ id: known.id, version, scope });
    known.change = change;
    if (known.digest === resource.digest) return;
    if (known.versionId !== null) this.#closedVersions.push(known.versionId);
    this.#addVersion(known, resource);
  }

  #addVersion(known: KnownResource, resource: ResourceInput): void {
    const body = packManifest(resource.body());
    this.#versions.push([known.id, this.#clusterId, this.#seq, resource.digest, body, toCell(resource.managers?.())]);
    this.#bodyBytes += body.length;
  }

  /** Writes what is still collected. */
  async flush(): Promise<void> {
    const [inserts, updates, versions, closed] = [this.#inserts, this.#updates, this.#versions, this.#closedVersions];
    this.#inserts = [];
    this.#updates = [];
    this.#versions = [];
    this.#closedVersions = [];
    this.#bodyBytes = 0;
    if (inserts.length > 0) await this.#writer.copy(RESOURCES, inserts);
    if (updates.length > 0) await this.#writer.push(UPDATE_RESOURCES, [toRowsJson(updates)], updates.length);
    if (closed.length > 0) await this.#writer.push(CLOSE_VERSIONS, [closed, this.#seq], closed.length);
    if (versions.length > 0) await this.#writer.copy(VERSIONS, versions);
  }
}

/** What is absent is null in the database, not JSON's null. */
function toCell(value: unknown): string | null {
  return value === null || value === undefined ? null : toRowsJson(value);
}
