import { readdirSync, readFileSync } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { BUILT_IN_RESOURCES } from "@/lib/demo/built-in-resources";
import type { ObjectSource } from "@/lib/demo/object-source";
import { apiVersionOf, type ServedResource } from "@/lib/demo/served-resource";
import { dig, text } from "@/lib/model/json";
import { indexLinesFile, indexListFile, type ItemIndex } from "./item-index";

interface KindFile {
  readonly index: ItemIndex;
  readonly handle: FileHandle;
  /** `namespace/name` per item; read on the first request that needs it. */
  names: readonly string[] | null;
}

export interface DiskSource extends ObjectSource {
  close(): Promise<void>;
}

/**
 * Serves a folder with one file per kind (`Pod.jsonl` or `Pod.json`, one item per line) without holding it in memory.
 * Pages are cut out of the files as they lie, so that the time of a scan is the client's.
 */
export async function openDiskSource(folder: string): Promise<DiskSource> {
  const files = new Map<string, KindFile>();
  for (const resource of BUILT_IN_RESOURCES) {
    const index = await indexKind(folder, resource.kind);
    if (index !== null && resource.group !== "events.k8s.io") files.set(key(resource), { index, handle: await open(index.file), names: null });
  }
  return {
    version: JSON.parse(readFileSync(join(folder, "version.json"), "utf8")),
    resourceVersion: "50400000",
    resources: BUILT_IN_RESOURCES,
    async page(resource, namespace, offset, limit) {
      const file = files.get(key(resource));
      if (file === undefined) return { items: Buffer.alloc(0), count: 0, remaining: 0 };
      const places = namespace === null ? null : await placesIn(file, namespace);
      const total = places === null ? file.index.starts.length : places.length;
      const end = limit > 0 ? Math.min(offset + limit, total) : total;
      const items = places === null ? await readRange(file, offset, end) : await readPlaces(file, places.slice(offset, end));
      return { items, count: Math.max(end - offset, 0), remaining: Math.max(total - end, 0) };
    },
    async find(resource, namespace, name) {
      const file = files.get(key(resource));
      if (file === undefined) return null;
      const place = (await namesOf(file)).indexOf(`${namespace ?? ""}/${name}`);
      if (place < 0) return null;
      const type = JSON.stringify({ apiVersion: apiVersionOf(resource), kind: resource.kind });
      const item = await readRange(file, place, place + 1);
      return Buffer.concat([Buffer.from(`${type.slice(0, -1)},`), item.subarray(1)]);
    },
    async close() {
      for (const { handle } of files.values()) await handle.close();
    },
  };
}

function key(resource: ServedResource): string {
  return `${apiVersionOf(resource)}/${resource.kind}`;
}

async function indexKind(folder: string, kind: string): Promise<ItemIndex | null> {
  const names = readdirSync(folder);
  if (names.includes(`${kind}.jsonl`)) return indexLinesFile(join(folder, `${kind}.jsonl`));
  if (names.includes(`${kind}.json`)) return indexListFile(join(folder, `${kind}.json`));
  return null;
}

async function readRange(file: KindFile, from: number, to: number): Promise<Buffer> {
  const start = file.index.starts[from];
  const end = file.index.ends[to - 1];
  if (start === undefined || end === undefined || to <= from) return Buffer.alloc(0);
  const buffer = Buffer.allocUnsafe(end - start);
  await file.handle.read(buffer, 0, buffer.length, start);
  return buffer;
}

async function readPlaces(file: KindFile, places: readonly number[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (const place of places) pieces.push(...(pieces.length === 0 ? [] : [Buffer.from(",")]), await readRange(file, place, place + 1));
  return Buffer.concat(pieces);
}

async function placesIn(file: KindFile, namespace: string): Promise<readonly number[]> {
  return (await namesOf(file)).flatMap((name, place) => (name.startsWith(`${namespace}/`) ? [place] : []));
}

async function namesOf(file: KindFile): Promise<readonly string[]> {
  if (file.names !== null) return file.names;
  const names: string[] = [];
  for (let place = 0; place < file.index.starts.length; place += 1) {
    const item: unknown = JSON.parse((await readRange(file, place, place + 1)).toString("utf8"));
    names.push(`${text(dig(item, "metadata", "namespace")) ?? ""}/${text(dig(item, "metadata", "name")) ?? ""}`);
  }
  file.names = names;
  return names;
}
