import "server-only";
import { nodeGuardsView } from "@/lib/controls/admission/node-guards";
import { couldEnforce, enforceCommand, type LevelStanding, tryCommand } from "@/lib/pod-security/could-enforce";
import type { PodSecurityRow } from "@/lib/contracts/pod-security";
import type { SliceName } from "@/lib/inventory/slices";
import { labelOf, MODES, type PodSecurityMode, podSecurityOffView, toLevels } from "@/lib/inventory/admission/pod-security-labels";
import { placeOf } from "@/lib/inventory/admission/policy-namespace";
import type { KubeObject } from "@/lib/inventory/kube-object";
import type { Context } from "@/lib/inventory/view";
import { countByNamespace } from "@/lib/store/findings/count-by-namespace";
import { loadCatalogueAt } from "./catalogue-at";
import type { FilledReader } from "./open-reader";
import { loadNamespaceTallies } from "./namespace-tallies-at";

/** The controls that say of each workload what a level would. */
export const LEVEL_CONTROLS = { baseline: "pss-baseline", restricted: "pss-restricted" } as const;
interface Standings {
  /** False when one of the controls was not judged: switched off, or the snapshot is older than it is. Nothing of its level is then known to be met. */
  readonly isJudged: boolean;
  readonly workloadsOf: (namespace: string) => number;
  readonly of: (namespace: string, level: "baseline" | "restricted") => LevelStanding;
}

/** How many workloads each level would refuse, by namespace, as the snapshot judged them at the server's version. */
export async function loadStandings(reader: FilledReader): Promise<Standings> {
  const namespaceTallies = await loadNamespaceTallies(reader.pool, reader.cluster.id, reader.at);
  const own = namespaceTallies.filter((tally) => tally.control === LEVEL_CONTROLS.restricted);
  const workloads = new Map<string, number>();
  for (const { namespace, n, unknown } of own) workloads.set(namespace, (workloads.get(namespace) ?? 0) + n + unknown);
  const { pool, cluster, at } = reader;
  const [{ isInForce }, baseline, restricted] = await Promise.all([
    loadCatalogueAt(pool, at.catalogueVersion),
    countByNamespace(pool, cluster.id, at.seq, LEVEL_CONTROLS.baseline),
    countByNamespace(pool, cluster.id, at.seq, LEVEL_CONTROLS.restricted),
  ]);
  const byLevel = { baseline, restricted };
  return {
    isJudged: Object.values(LEVEL_CONTROLS).every(isInForce),
    workloadsOf: (namespace) => workloads.get(namespace) ?? 0,
    of: (namespace, level) => {
      const { fail = 0, waived = 0, unknown = 0 } = byLevel[level].get(namespace) ?? {};
      return { refused: fail + waived, undecided: unknown };
    },
  };
}

function toLabel(labels: Readonly<Record<string, string>>, mode: PodSecurityMode, isOff: boolean): PodSecurityRow["labels"]["enforce"] {
  return { value: labels[labelOf(mode)] ?? null, acts: isOff ? "privileged" : toLevels(labels)[mode], version: labels[labelOf(mode, true)] ?? null };
}

/** One namespace: its labels, what its workloads meet, and the command for the next level that breaks nothing. */
export function toPodSecurityRow(namespace: KubeObject, standings: Standings, context: Context<SliceName>, isWhole: boolean): PodSecurityRow {
  const { ref, labels, scope } = namespace;
  const { name } = ref;
  const isOff = context.view(podSecurityOffView) !== null;
  const [baseline, restricted] = [standings.of(name, "baseline"), standings.of(name, "restricted")];
  const { meets, step, blocked, overreach } = couldEnforce({ labels, baseline, restricted, isWhole, isOff });
  const [enforce, audit, warn] = MODES.map((mode) => toLabel(labels, mode, isOff)) as [
    PodSecurityRow["labels"]["enforce"],
    PodSecurityRow["labels"]["enforce"],
    PodSecurityRow["labels"]["enforce"],
  ]; // safe: three modes
  const guard = context.view(nodeGuardsView)(placeOf(namespace));
  return {
    namespace: name,
    scope,
    labels: { enforce, audit, warn },
    workloads: standings.workloadsOf(name),
    baseline,
    restricted,
    meets,
    step,
    blocked,
    overreach,
    command: step && enforceCommand(name, step, labels),
    trial: isOff ? null : blocked && tryCommand(name, blocked, labels),
    engine: (guard.refuses === true ? guard.policies[0] : undefined) ?? null,
  };
}
