import "server-only";
import { setImmediate } from "node:timers/promises";
import type { Pool } from "pg";
import type { z } from "zod";
import type { NetworkPeers, NetworkPolicyResponse, NetworkProposal, NetworkRule, networkPolicyQuery } from "@/lib/contracts/network";
import { toYamlText } from "@/lib/format/to-yaml-lines";
import type { ComposedRule } from "@/lib/graph/network/compose-rules";
import type { Callers } from "@/lib/graph/network/list-ingress-needs";
import { peersOfView } from "@/lib/graph/network/named-services";
import type { NeedPeers } from "@/lib/graph/network/policy-need";
import { type Proposal, type ProposedPolicy, proposeForNamespace, proposeForWorkload } from "@/lib/graph/network/propose-policy";
import { proveProposal } from "@/lib/graph/network/prove-proposal";
import type { Reason } from "@/lib/graph/reason";
import { workloadsByLabelsView } from "@/lib/inventory/routes/istio-proxies";
import { serviceTargetsView } from "@/lib/inventory/routes/service-targets";
import type { SliceName } from "@/lib/inventory/slices";
import type { Context } from "@/lib/inventory/view";
import { gatheringView } from "@/lib/inventory/workloads/workload-fact";
import { inPortions } from "@/lib/model/in-portions";
import { type JsonRecord, record, records, text, texts } from "@/lib/model/json";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { inSteps, mapInSteps, portionsOf } from "./in-steps";
import type { NetworkAt } from "./network-at";
import { listNetworkChoices } from "./network-choices";
import { readNetwork } from "./network-frame";
import { openFilledReader } from "./open-reader";

const POLICIES = 40;
const TARGETS = 8;

/** A selector as kubectl writes it: `app=web,tier in (a,b)`. */
function toLabelText(selector: JsonRecord): string {
  const equal = Object.entries(record(selector.matchLabels)).map(([key, value]) => `${key}=${String(value)}`);
  const others = records(selector.matchExpressions).map(({ key, operator, values }) => {
    const name = text(key) ?? "";
    if (operator === "Exists") return name;
    if (operator === "DoesNotExist") return `!${name}`;
    return `${name} ${operator === "In" ? "in" : "notin"} (${texts(values).join(",")})`;
  });
  return [...equal, ...others].join(",");
}

function toPeers(peers: NeedPeers): NetworkPeers {
  const isPods = peers.kind === "pods";
  return { kind: peers.kind, namespace: isPods ? peers.namespace : null, labels: isPods && peers.selector ? toLabelText(peers.selector) : null };
}

function toReason({ message, object, path }: Reason): NetworkRule["because"][number] {
  return { message, object: object ?? null, path: path ?? null };
}

function toRules(rules: readonly ComposedRule[]): NetworkRule[] {
  const seen = { ingress: 0, egress: 0 };
  return rules.map(({ direction, peers, ports, because }) => ({
    path: `spec.${direction}[${seen[direction]++}]`,
    direction,
    peers: peers.map(toPeers),
    ports: ports && [...ports],
    because: because.map(toReason),
  }));
}

function toPolicy({ body, rules, targets }: ProposedPolicy): NetworkProposal["policies"][number] {
  const types = texts(record(body.spec).policyTypes);
  return {
    name: text(record(body.metadata).name) ?? "",
    directions: (["ingress", "egress"] as const).filter((direction) => types.some((type) => type.toLowerCase() === direction)),
    targets: targets.slice(0, TARGETS),
    targetCount: targets.length,
    rules: toRules(rules),
  };
}

async function toProposal({ context }: NetworkAt, proposal: Proposal, isPlatform: boolean): Promise<NetworkProposal> {
  const { policies, skipped } = proposal;
  const { needed, cut, opened, openBefore, openAfter, narrowed } = await proveProposal(context, proposal, () => setImmediate());
  const yaml = await mapInSteps(policies, ({ body }) => toYamlText(body).text);
  return {
    yaml: yaml.join("---\n"),
    policies: policies.slice(0, POLICIES).map(toPolicy),
    policyCount: policies.length,
    skipped: skipped.map((skip) => ({ ...toReason(skip), directions: [...skip.directions] })),
    proof: { needed, cut: cut.length, opened, openBefore, openAfter, narrowed },
    isPlatform,
  };
}

/** What takes long of all that needs are read from. */
function* listSteps({ slices: { workloads }, view }: Context<SliceName>): Generator<() => unknown> {
  yield* portionsOf(view(gatheringView).take);
  yield () => view(workloadsByLabelsView);
  yield () => view(serviceTargetsView);
  yield* portionsOf(inPortions(workloads, view(peersOfView)));
}

async function propose(network: NetworkAt, workload: string | null, namespace: string | null, callers: Callers): Promise<NetworkProposal | null> {
  const { context, workloads } = network;
  await inSteps(listSteps(context));
  const found = workload === null ? undefined : workloads.get(workload);
  if (found) return toProposal(network, proposeForWorkload(context, found, callers), found.scope === "platform");
  const own = namespace === null ? [] : [...workloads.values()].filter(({ ref }) => ref.namespace === namespace);
  if (workload !== null || namespace === null || own.length === 0) return null;
  const proposals = new Map(await mapInSteps(own, (one) => [one, proposeForWorkload(context, one, callers)] as const));
  return toProposal(
    network,
    proposeForNamespace(context, namespace, callers, (one) => proposals.get(one) ?? proposeForWorkload(context, one, callers)),
    own.some(({ scope }) => scope === "platform"),
  );
}

const caches = heldBy<Pool, LruCache<NetworkProposal | null>>(
  "network-policy",
  () => new LruCache<NetworkProposal | null>(4_000_000, (made) => 1_000 + (made?.yaml.length ?? 0)),
);

/** NetworkPolicies that close what nothing asks for, for a workload or a namespace; never applied. Throws not-found. */
export async function getNetworkPolicy(slug: string, query: z.output<typeof networkPolicyQuery>): Promise<NetworkPolicyResponse> {
  const reader = await openFilledReader(slug, query);
  const { frame, network, needsGap } = await readNetwork(reader);
  const workload = query.workload?.trim() || null;
  const namespace = workload === null ? query.namespace?.trim() || null : null;
  const callers = query.callers ?? "cluster";
  const isAsked = workload !== null || namespace !== null;
  const key = `${reader.cluster.id}/${reader.at.seq}/${JSON.stringify([workload, namespace, callers, network?.context.settings])}`;
  const proposal = network && !needsGap && isAsked ? await caches(reader.pool).get(key, () => propose(network, workload, namespace, callers)) : null;
  const isKnown =
    network !== null && (workload === null ? namespace === null || network.matrix.namespaces.includes(namespace) : network.workloads.has(workload));
  return { ...frame, asked: { workload, namespace, callers }, isKnown, notProposed: needsGap, proposal, choices: listNetworkChoices(network) };
}
