import { GET as getAdmission } from "@/app/api/v1/clusters/[cluster]/admission/route";
import { GET as getCompare } from "@/app/api/v1/clusters/[cluster]/compare/route";
import { GET as getControl } from "@/app/api/v1/clusters/[cluster]/controls/[control]/route";
import { GET as getControls } from "@/app/api/v1/clusters/[cluster]/controls/route";
import { GET as getFinding } from "@/app/api/v1/clusters/[cluster]/findings/[id]/route";
import { GET as getFindings } from "@/app/api/v1/clusters/[cluster]/findings/route";
import { GET as exportFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/export/route";
import { GET as getFramework } from "@/app/api/v1/clusters/[cluster]/frameworks/[framework]/route";
import { GET as getFrameworks } from "@/app/api/v1/clusters/[cluster]/frameworks/route";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getNetworkPair } from "@/app/api/v1/clusters/[cluster]/network/pair/route";
import { GET as getNetworkPolicy } from "@/app/api/v1/clusters/[cluster]/network/policy/route";
import { GET as getNetwork } from "@/app/api/v1/clusters/[cluster]/network/route";
import { GET as getNetworkWorkload } from "@/app/api/v1/clusters/[cluster]/network/workload/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import { GET as getPodSecurityOf } from "@/app/api/v1/clusters/[cluster]/pod-security/[namespace]/route";
import { GET as getPodSecurity } from "@/app/api/v1/clusters/[cluster]/pod-security/route";
import { GET as getResource } from "@/app/api/v1/clusters/[cluster]/resources/[groupKind]/[namespace]/[name]/route";
import { GET as getResources } from "@/app/api/v1/clusters/[cluster]/resources/route";
import { GET as search } from "@/app/api/v1/clusters/[cluster]/search/route";
import { GET as getSources } from "@/app/api/v1/clusters/[cluster]/sources/route";
import { GET as getWhoCan } from "@/app/api/v1/clusters/[cluster]/who-can/route";
import { GET as exportFindings } from "@/app/api/v1/clusters/[cluster]/findings/export/route";
import { LAYERS } from "@/lib/model/layer";
import type { Answer, ScannedCluster } from "./testing-scanned";

type Params = Readonly<Record<string, string>>;

/** One read of a snapshot; `query` names no moment. */
export interface Read {
  readonly get: Parameters<ScannedCluster["call"]>[0];
  readonly query?: string;
  readonly params?: Params;
}

/** What a read answered while its snapshot was the newest. */
export interface Recorded {
  readonly name: string;
  readonly seq: number;
  readonly read: Read;
  readonly answer: Answer;
}

/** What tells of now, whatever moment is asked: what came since is no memory of that day. */
const OF_NOW = new Set(["isNow", "story", "stateNow", "resourceGone", "requestId"]);

/** Where two answers differ, as "path: before, after", but for fields that are called so. */
export function listDifferences(before: unknown, after: unknown, but: ReadonlySet<string> = OF_NOW, at = ""): readonly string[] {
  if (but.has(at.slice(at.lastIndexOf(".") + 1)) || Object.is(before, after)) return [];
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null)
    return [`${at}: ${JSON.stringify(before)}, ${JSON.stringify(after)}`];
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => listDifferences(old.get(key), now.get(key), but, `${at}.${key}`));
}

export const LISTS: Readonly<Record<string, Read>> = {
  overview: { get: getOverview },
  findings: { get: getFindings, query: "limit=500" },
  "findings of workloads, by age": { get: getFindings, query: "limit=500&scope=workload&sort=age" },
  "findings that opened": { get: getFindings, query: "limit=500&tab=opened" },
  "findings that closed": { get: getFindings, query: "limit=500&tab=closed" },
  "findings as a file": { get: exportFindings, query: "format=csv&state=open,unknown,manual" },
  resources: { get: getResources, query: "limit=200" },
  controls: { get: getControls },
  frameworks: { get: getFrameworks },
  sources: { get: getSources },
  network: { get: getNetwork },
  admission: { get: getAdmission },
  "pod security": { get: getPodSecurity },
  "who can": { get: getWhoCan, query: "verb=get&resource=secrets" },
  search: { get: search, query: "q=web" },
  ...Object.fromEntries(LAYERS.map((layer) => [`layer ${layer}`, { get: getLayer, params: { layer } }])),
};

const every = <T>(rows: readonly T[], count: number): readonly T[] => rows.filter((_, at) => at % Math.max(1, Math.floor(rows.length / count)) === 0);

/** Asks all that a page may show of the newest snapshot, `seq`. `ids` = findings to ask for beside those that are listed. */
export async function askEverything(cluster: ScannedCluster, seq: number, ids: readonly string[]): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = [];
  const ask = async (name: string, read: Read) => {
    const answer = await cluster.call(read.get, read.query === undefined ? "" : `?${read.query}`, read.params);
    recorded.push({ name, seq, read, answer });
    return answer.body;
  };
  const bodies = new Map<string, Answer["body"]>();
  for (const [name, read] of Object.entries(LISTS)) bodies.set(name, await ask(name, read));
  const listed: readonly { id: string }[] = bodies.get("findings").rows ?? [];
  for (const id of new Set([...ids, ...every(listed, 6).map((row) => row.id)])) await ask("finding", { get: getFinding, params: { id } });
  const objects: readonly { key: string }[] = bodies.get("resources").rows ?? [];
  for (const { key } of every(objects, 5)) {
    const [group = "", kind = "", namespace = "-", name = ""] = key.split("/");
    await ask("resource", { get: getResource, params: { groupKind: group === "" ? kind : `${group}.${kind}`, namespace, name } });
  }
  // One that comes later is told of an earlier day too: links must resolve.
  for (const control of ["own-replicas", "container-privileged", "image-registry-untrusted"]) {
    const isKnown = await ask("control", { get: getControl, params: { control } });
    if (isKnown.control === undefined) recorded.pop();
  }
  for (const { key: framework } of every((bodies.get("frameworks").frameworks ?? []) as readonly { key: string }[], 2)) {
    await ask("framework", { get: getFramework, params: { framework } });
    for (const query of ["format=csv", "format=json"]) await ask("framework as a file", { get: exportFramework, query, params: { framework } });
  }
  const web = "workload=shop/Deployment/web";
  await ask("network of a workload", { get: getNetworkWorkload, query: web });
  await ask("policies for a workload", { get: getNetworkPolicy, query: web });
  await ask("network pair", { get: getNetworkPair, query: "from=shop&to=pay" });
  for (const namespace of ["shop", "kube-system"]) await ask("pod security of a namespace", { get: getPodSecurityOf, params: { namespace } });
  for (const since of new Set([1, seq - 1])) if (since > 0 && since < seq) await ask("compare", { get: getCompare, query: `since=${since}` });
  return recorded;
}

/** The same read, asked again when its snapshot is history. */
export function askAgain(cluster: ScannedCluster, { seq, read }: Recorded): Promise<Answer> {
  return cluster.call(read.get, `?at=${seq}${read.query === undefined ? "" : `&${read.query}`}`, read.params);
}
