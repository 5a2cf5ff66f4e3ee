import "server-only";
import type { OwnControlSample, TestOwnControlResponse } from "@/lib/contracts/own-controls";
import type { AnyControl } from "@/lib/controls/define";
import { findOwnSubject } from "@/lib/controls/own/own-subject";
import { toOwnControl } from "@/lib/controls/own/own-control";
import { judge } from "@/lib/engine/judge";
import { canBeSubject } from "@/lib/engine/subjects";
import type { Settings } from "@/lib/inventory/inventory";
import { toWorkloadKind } from "@/lib/inventory/workloads/workload-kind";
import { record, text } from "@/lib/model/json";
import type { OwnControl } from "@/lib/model/own-control";
import { apiGroup } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import { toInventory } from "@/lib/reads/to-inventory";
import { listKnownKinds } from "@/lib/store/known-kinds";
import { listManifestPage } from "@/lib/store/list-manifests";
import type { Pool } from "pg";

/** What one trial needs; plain data. */
export interface OwnControlTrial {
  readonly spec: OwnControl;
  readonly clusterId: number;
  readonly seq: number;
  readonly observedAt: string;
  readonly settings: Settings;
}

const PAGE = 400;
const SAMPLES = 12;
const NAMESPACES = 10_000;
/** Then what was counted until then is the answer. */
const ENOUGH_MS = 4_000;

function createCount() {
  const counts = { failing: 0, passing: 0, notAssessed: 0, notApplicable: 0 };
  const samples: Record<"failing" | "passing" | "notAssessed", OwnControlSample[]> = { failing: [], passing: [], notAssessed: [] };
  const BOX = { fail: "failing", pass: "passing", unknown: "notAssessed" } as const;
  return {
    counts,
    samples,
    add: ({ state, resource, evidence, reason }: Verdict) => {
      if (state !== "fail" && state !== "pass" && state !== "unknown") {
        counts.notApplicable += 1;
        return;
      }
      const box = BOX[state];
      counts[box] += 1;
      if (samples[box].length < SAMPLES) samples[box].push({ resource, evidence: [...evidence], reason: reason ?? null });
    },
  };
}

async function kindsOf(pool: Pool, clusterId: number, control: AnyControl, onlyKind: string | null): Promise<readonly string[]> {
  if (control.subject !== "workload") return [control.subject.slice("kind:".length)];
  const known = (await listKnownKinds(pool, clusterId)).flatMap((key) => {
    const [group, kind = ""] = key.split("/");
    return canBeSubject("workload", kind, group) && (onlyKind === null || kind === onlyKind) ? kind : [];
  });
  return [...new Set(known)];
}

/** What is remembered of a root that is known by its pods alone is the spec of one: it is told from that again, as the scan told it. */
function toPodOfRoot(body: unknown): unknown {
  const { apiVersion, kind, metadata, spec } = record(body);
  const group = apiGroup({ apiVersion: text(apiVersion) ?? "" });
  if (toWorkloadKind(group, text(kind) ?? "") !== null || !Array.isArray(record(spec).containers)) return body;
  const own = record(metadata);
  return { apiVersion: "v1", kind: "Pod", metadata: { ...own, ownerReferences: [{ apiVersion, kind, name: own.name, controller: true }] }, spec };
}

/** Judges the objects of a snapshot, a page at a time, with a control that is not kept. */
export async function runOwnControlTrial(
  pool: Pool,
  { spec, clusterId, seq, observedAt, settings }: OwnControlTrial,
  now: () => number,
): Promise<TestOwnControlResponse> {
  const startedAt = now();
  const control = toOwnControl(spec, now);
  const { counts, samples, add } = createCount();
  const kinds = await kindsOf(pool, clusterId, control, findOwnSubject(spec.subject)?.onlyKind ?? null);
  const around =
    control.reads.length === 0 ? [] : (await listManifestPage(pool, clusterId, seq, { kinds: ["Namespace"], after: "", limit: NAMESPACES })).manifests;
  let after: string | null = "";
  // One page at least: a busy database would leave an answer that is about nothing.
  do {
    const page = await listManifestPage(pool, clusterId, seq, { kinds, after, limit: PAGE });
    const objects = control.subject === "kind:Namespace" ? page.manifests : [...page.manifests.map(toPodOfRoot), ...around];
    const inventory = toInventory(objects, { kubeVersion: null, takenAt: new Date(observedAt), settings, isComplete: false });
    for (const verdict of judge(inventory, [control])) add(verdict);
    after = page.next;
  } while (after !== null && now() - startedAt < ENOUGH_MS);
  return { problem: null, seq, unread: null, ...counts, isCut: after !== null, durationMs: now() - startedAt, samples };
}
