import "server-only";
import pLimit from "p-limit";
import { dig, parseJson, records, text } from "@/lib/model/json";
import type { KubeConnection, RequestLimits } from "./kube-connection";
import { DISCOVERY_ACCEPT, isAggregated, parseAggregated, parseGroupVersions, parseResourceList } from "./parse-discovery";
import { type ReadFault, toBrokenFault, toContradictionFault } from "./read-fault";
import type { ServedKind, ServedKinds } from "./served-kinds";

/** Documents are small: one that does not come must not hold up what can be read. */
const LIMITS: RequestLimits = { timeoutMs: 30_000, attempts: 5 };

type Document = { readonly ok: true; readonly document: unknown } | { readonly ok: false; readonly fault: ReadFault };

/**
 * Which kinds of the wanted groups are served: three requests on a server with aggregated discovery, else one per group version.
 * A group that cannot be discovered is a fault of that group; throws AppError for what concerns the whole cluster.
 */
export async function discover(connection: KubeConnection, groups: ReadonlySet<string>, signal?: AbortSignal): Promise<ServedKinds> {
  const get = (path: string) => getDocument(connection, path, signal);
  const [core, rest, registered] = await Promise.all([get("/api"), get("/apis"), get("/apis/apiregistration.k8s.io/v1/apiservices")]);
  const kinds: ServedKind[] = [];
  const faults = new Map<string, ReadFault>();
  if (!rest.ok) return { kinds, faults: new Map([["*", rest.fault]]) };
  const perGroup: { group: string; version: string }[] = [];
  if (core.ok && isAggregated(core.document)) kinds.push(...parseAggregated(core.document).kinds);
  else perGroup.push({ group: "", version: "v1" });
  if (isAggregated(rest.document)) {
    const found = parseAggregated(rest.document);
    kinds.push(...found.kinds);
    for (const [group, fault] of found.faults) faults.set(group, fault);
  } else {
    const found = parseGroupVersions(rest.document);
    if (found === null) return { kinds, faults: new Map([["*", toBrokenFault("/apis", "it is no list of API groups")]]) };
    perGroup.push(...found);
  }
  const limit = pLimit(6);
  const wanted = perGroup.filter(({ group }) => groups.has(group));
  await Promise.all(
    wanted.map(({ group, version }) =>
      limit(async () => {
        const path = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
        const found = await get(path);
        const resources = found.ok ? parseResourceList(found.document, group, version) : [];
        if (resources === null) faults.set(group, toBrokenFault(path, "it is no list of resources"));
        else kinds.push(...resources);
        if (!found.ok && found.fault.status !== "absent") faults.set(group, found.fault);
      }),
    ),
  );
  const found = kinds.filter(({ group }) => groups.has(group));
  const known = new Set([...found.map(({ group }) => group), ...faults.keys()]);
  for (const group of registered.ok ? listRegistered(registered.document) : [])
    if (groups.has(group) && !known.has(group)) faults.set(group, toContradictionFault(`the API group ${group}`));
  return { kinds: found, faults };
}

/** An API server that has just begun knows its APIServices, which are stored, before it has found out what the groups of custom resources hold. */
function listRegistered(apiServices: unknown): readonly string[] {
  return records(dig(apiServices, "items")).map((item) => text(dig(item, "spec", "group")) ?? "");
}

async function getDocument(connection: KubeConnection, path: string, signal: AbortSignal | undefined): Promise<Document> {
  const answer = await connection.get(path, { accept: DISCOVERY_ACCEPT, limits: LIMITS, ...(signal ? { signal } : {}) });
  if (!answer.ok) return answer;
  const document = parseJson(answer.body.toString("utf8"));
  return document === undefined ? { ok: false, fault: toBrokenFault(path, "it is not valid JSON") } : { ok: true, document };
}
