import "server-only";
import type { NetworkFrame } from "@/lib/contracts/network";
import { formatCount } from "@/lib/format/numbers";
import { policyIndexView } from "@/lib/graph/network/policy-index";
import { strictModeView } from "@/lib/graph/network/strict-mode";
import { ciliumConfigView, IGNORES_NETWORK_POLICIES } from "@/lib/inventory/nodes/cilium-config";
import { enforcementView } from "@/lib/inventory/nodes/network-plugin";
import { toKindWords, toSliceKind } from "@/lib/inventory/slice-kind";
import { SLICE_KINDS } from "@/lib/inventory/slices";
import { WORKLOAD_KINDS } from "@/lib/inventory/workloads/workload-kind";
import { isGap, type KindCoverage } from "@/lib/model/coverage";
import { countReasons } from "@/lib/store/findings/count-reasons";
import { findKindGap, type KindGap } from "./find-kind-gap";
import { loadNetworkAt, NEED_KINDS, NETWORK_LIMIT, type NetworkAt } from "./network-at";
import { type FilledReader, toMoment } from "./open-reader";
import { readCoverage } from "./read-coverage";

/** What policies are made of, and none themselves. */
const OF_POLICIES: ReadonlySet<string> = new Set(["Tier", "NetworkSet", "GlobalNetworkSet", "HostEndpoint", "CiliumCIDRGroup"]);

const ON_NETWORK: ReadonlySet<string> = new Set<string>([...SLICE_KINDS.otherNetworkPolicies, ...SLICE_KINDS.podNetworks, ...SLICE_KINDS.nodeClasses]);

/** What the answers stand without, each kind once: several groups may serve it. */
function listPolicyGaps(coverage: readonly KindCoverage[]): NetworkFrame["policies"]["gaps"] {
  const gaps = coverage.filter(isGap).flatMap((entry) => {
    const kind = toSliceKind(entry.group, entry.kind);
    return kind !== null && ON_NETWORK.has(kind) ? [{ kind, reason: entry.reason ?? "", action: entry.action ?? null }] : [];
  });
  return [...new Map(gaps.map((gap) => [gap.kind, gap])).values()];
}

/** The control that tells whether policies act. */
const ENFORCED = "cni-no-enforcement";

/** Why the scan could not tell whether policies act: it saw whether the pods of the plugin are ready, which is not remembered. Null = it could. */
async function findUntold({ pool, cluster, at }: FilledReader): Promise<string | null> {
  const reasons = await countReasons(pool, cluster.id, at.seq);
  return reasons.find(({ control }) => control === ENFORCED)?.reason ?? null;
}

function enforcementOf({ context }: NetworkAt, untold: string | null): NetworkFrame["enforcement"] {
  const { enforces, plugin } = context.view(enforcementView);
  const config = context.view(ciliumConfigView);
  if (config?.mode === "never")
    return { enforces: false, plugin: plugin?.ref ?? config.object.ref, because: "Cilium is told to enforce no policy.", isolatesAll: false };
  const strict = context.view(strictModeView);
  // That Amazon VPC CNI is in strict mode, its own sentence says.
  const strictly = strict?.doubt ?? (plugin?.strictAt === undefined ? strict?.said.message : undefined);
  const ignored = config?.ownKindsOnly && plugin?.name === "Cilium" ? IGNORES_NETWORK_POLICIES : null;
  return {
    enforces: untold === null && ignored === null ? enforces : null,
    plugin: plugin?.ref ?? null,
    because: untold ?? ignored ?? ([...new Set([plugin?.because, strictly])].filter(Boolean).join(" ") || "No network plugin that is known was found."),
    isolatesAll: config?.mode === "always",
  };
}

export interface NetworkRead {
  readonly frame: NetworkFrame;
  /** Null = not assessed, for the reason of the frame. */
  readonly network: NetworkAt | null;
  /** Why no policy can be generated, although reachability is known. */
  readonly needsGap: KindGap | null;
}

/** Who reaches whom at a moment, and all that qualifies the answer. */
export async function readNetwork(reader: FilledReader): Promise<NetworkRead> {
  const coverage = await readCoverage(reader.pool, reader.cluster.id, reader.at);
  const kinds: readonly string[] = WORKLOAD_KINDS;
  const unread = coverage.filter((entry) => isGap(entry) && kinds.includes(entry.kind)).map(({ kind }) => kind);
  const hasNone = unread.length > 0 && !coverage.some((entry) => kinds.includes(entry.kind) && entry.status === "read");
  const gap = findKindGap(coverage, [...SLICE_KINDS.namespaces, ...SLICE_KINDS.networkPolicies, ...(hasNone ? kinds : [])]);
  const gaps = listPolicyGaps(coverage);
  const network = gap ? null : await loadNetworkAt(reader, gaps);
  const tooMany = {
    reason: `This snapshot holds more than ${formatCount(NETWORK_LIMIT)} workloads, Services and policies: more than one page joins.`,
    action: null,
  };
  const index = network?.context.view(policyIndexView);
  const slices = network?.context.slices;
  return {
    network,
    needsGap: findKindGap(coverage, network?.passesPorts ? [...NEED_KINDS, ...SLICE_KINDS.configMaps] : NEED_KINDS),
    frame: {
      moment: toMoment(reader),
      notAssessed: gap ?? (network ? null : tooMany),
      enforcement: network
        ? enforcementOf(network, await findUntold(reader))
        : { enforces: null, plugin: null, because: "Nothing was looked at.", isolatesAll: false },
      policies: {
        count: slices ? slices.networkPolicies.length + slices.otherNetworkPolicies.filter(({ ref }) => !OF_POLICIES.has(ref.kind)).length : 0,
        unread: index?.foreign.unread.map(({ ref }) => ref) ?? [],
        gaps: gaps.map((gap) => ({ ...gap, kind: toKindWords(gap) })),
      },
      unread,
    },
  };
}
