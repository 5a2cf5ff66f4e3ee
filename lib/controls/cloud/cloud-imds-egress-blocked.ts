import { decideEgressToAddress, decideSideToAddress } from "../../graph/network/egress-to-address";
import type { Endpoint } from "../../graph/network/endpoint";
import { podEndpointView } from "../../graph/network/endpoints";
import { findIsolation } from "../../graph/network/isolation";
import type { Policy } from "../../graph/network/policy";
import { type PolicyIndex, policyIndexView } from "../../graph/network/policy-index";
import { listSole, toSide } from "../../graph/network/side";
import { findStrictMode, strictModeView } from "../../graph/network/strict-mode";
import type { Reason } from "../../graph/reason";
import { platformName, platformView } from "../../inventory/cloud/cloud-provider";
import { CILIUM_UNREAD, type CiliumConfig, ciliumConfigView, IGNORES_NETWORK_POLICIES, ISOLATES_EVERY_POD } from "../../inventory/nodes/cilium-config";
import { metadataServiceView } from "../../inventory/cloud/metadata-service";
import { enforcementView, unheldView } from "../../inventory/nodes/network-plugin";
import { outsideCloud } from "../../inventory/cloud/outside-cloud";
import { type Context, defineView } from "../../inventory/view";
import { isRecord, type JsonRecord, list, records, text } from "../../model/json";
import { isInCidr } from "../../model/ip-address";
import { readPath } from "../../model/field-path";
import { type ResourceRef, resourceKey } from "../../model/resource-ref";
import { defineControl, notApplicable, type Outcome, unknown, type Weakness, weakness } from "../define";
import { isolateEgress } from "../remedies/isolate-egress";
import { set } from "../remedies/ops";

const HTTP = { port: 80, protocol: "TCP" } as const;

interface Place {
  readonly address: string;
  readonly policy: ResourceRef | null;
}

function toWeakness(reason: Reason, address: string, isPolicy: boolean): Weakness {
  const hint: Place = { address, policy: isPolicy ? (reason.object ?? null) : null };
  const place = isPolicy && reason.object ? { object: reason.object } : {};
  return weakness(isPolicy ? (reason.path ?? "") : "", isPolicy ? address : undefined, `Pods can connect to ${address}: ${reason.message}`, { ...place, hint });
}

function toCidr(address: string): string {
  return `${address}/${address.includes(":") ? 128 : 32}`;
}

function closeRule(peers: readonly JsonRecord[], address: string): readonly object[] {
  return peers.map(({ ipBlock, ...rest }) => {
    if (!isRecord(ipBlock) || !isInCidr(address, text(ipBlock.cidr) ?? "")) return { ...rest, ...(ipBlock !== undefined && { ipBlock }) };
    return { ...rest, ipBlock: { ...ipBlock, except: [...list(ipBlock.except), toCidr(address)] } };
  });
}

const OWN_IDENTITY = "Programs that take their cloud identity from the node stop working: give them one of their own first.";

const READS = ["nodes", "namespaces", "networkPolicies", "otherNetworkPolicies", "workloads"] as const;
const EXTRA_READS = ["configMaps", "serviceAccounts", "nodeClasses"] as const;
type ReadContext = Context<(typeof READS)[number] | (typeof EXTRA_READS)[number]>;

/** Where the metadata service answers; empty = the platform has none, or is not known. */
function listAddresses(context: ReadContext): readonly string[] {
  const { provider } = context.view(platformView);
  return provider ? context.view(metadataServiceView).addressesOf(provider) : [];
}

/** `closing`: what isolates the pod although no policy does. */
function judgeEnd(self: Endpoint, nodeNames: readonly string[], policies: PolicyIndex, closing: CiliumConfig | null, context: ReadContext): Outcome {
  const addresses = listAddresses(context);
  const { enforces, plugin } = context.view(enforcementView);
  const cilium = context.view(ciliumConfigView);
  const side = toSide(policies, self, "egress");
  const answers = addresses.map((item) => ({ item, answer: decideSideToAddress(side, item, HTTP) }));
  const open = answers.flatMap(({ item, answer }) =>
    answer.allowed === true ? answer.because.map((reason) => toWeakness(reason, item, reason.object?.kind.endsWith("Policy") === true)) : [],
  );
  const unclear = answers.find(({ answer }) => answer.allowed === null);
  if (open.length === 0 && unclear) return unknown(unclear.answer.because[0]?.message ?? "The policies could not be interpreted.");
  const isByRule = open.some(({ object }) => object !== undefined);
  if (plugin?.name === "Cilium" && !context.isRead("configMaps") && !isByRule && !self.isHostNetwork) return unknown(CILIUM_UNREAD);
  if (open.length === 0 && closing && answers.some(({ answer }) => answer.because[0]?.object === closing.object.ref))
    return { state: "pass", notes: [weakness(closing.setting.path, closing.mode, ISOLATES_EVERY_POD, { object: closing.object.ref })] };
  const strict =
    open.length > 0 && !isByRule && !self.isHostNetwork ? findStrictMode(context, () => findIsolation(policies, self, "ingress"), nodeNames) : null;
  if (strict) return { state: "unknown", reason: strict.doubt ?? strict.ofOlder, notes: [strict.said] };
  if (open.length > 0) return open;
  if (cilium?.mode === "never") return unknown("Policies keep the pod from it, but Cilium is told to enforce none.");
  const acting = { ...policies, byNamespace: new Map() };
  if (cilium?.ownKindsOnly && plugin?.name === "Cilium" && addresses.some((item) => decideEgressToAddress(acting, self, item, HTTP).allowed !== false))
    return unknown(`Policies keep the pod from it. ${IGNORES_NETWORK_POLICIES}`);
  if (enforces === true) return [];
  return unknown(
    `Policies keep the pod from it, but ${plugin ? `${plugin.name} is not known to enforce them` : "no network plugin that enforces them was recognised"}.`,
  );
}

/** Worked out once for all pods of which the same NetworkPolicies decide, and nothing else: of thousands of pods, few differ. */
const outcomesView = defineView({
  reads: [...READS, ...EXTRA_READS],
  compute: (context): ((self: Endpoint, nodeNames: readonly string[]) => Outcome) => {
    const index = context.view(policyIndexView);
    const cilium = context.view(ciliumConfigView);
    // With it, rules count of policies that isolate nothing by themselves: they let through what Cilium closes.
    const closing = cilium?.mode === "always" && context.view(enforcementView).enforces === true ? cilium : null;
    const closed = closing ? { ...index, closedBy: closing.object } : index;
    // In strict mode it hangs on policies for the other direction, and on nodes, too.
    const isAlike = context.view(strictModeView) === null;
    const known = new Map<readonly Policy[], Outcome>();
    return (self, nodeNames) => {
      if (self.isHostNetwork) return judgeEnd(self, nodeNames, index, null, context);
      const sole = isAlike ? listSole(closed, self, "egress") : null;
      const told = sole && known.get(sole);
      if (told) return told;
      const outcome = judgeEnd(self, nodeNames, closed, closing, context);
      if (sole) known.set(sole, outcome);
      return outcome;
    };
  },
});

export default defineControl({
  id: "cloud-imds-egress-blocked",
  layer: "cloud",
  severity: "high",
  title: "Pods cannot reach the cloud's metadata service",
  failure: "can reach the cloud's metadata service",
  why: "The metadata service gives the node's identity to anything that asks from the node. A pod that is compromised, or merely tricked into fetching a URL, then acts in your cloud account with the node's rights.",
  action: "Close the way to the cloud's metadata service",
  fix: "Deny egress to the metadata address (169.254.169.254 on most clouds) with a NetworkPolicy in every namespace. First give pods that rely on the node's identity, such as storage drivers and autoscalers, a cloud identity of their own. On AWS, also require IMDSv2 with a hop limit of 1; the cluster does not show whether that is set.",
  verify: "kubectl exec -n NAMESPACE POD -- wget -S -O- -T 2 http://169.254.169.254/",
  lookFor:
    "Any answer, also 400, 401 or 403, means that the pod reaches the service; a timeout means that it does not. Where the image has no wget, use what it has.",
  tips: ["S2", "S1"],
  frameworks: { nsa: ["CL", "NP"], mitre: ["T1552.005"], mstm: ["MS-TA9033", "MS-TA9028", "MS-TA9037"], owasp: ["K08"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
    "https://learn.microsoft.com/azure/aks/imds-restriction",
    "https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity",
  ],
  aliases: ["metadata-api-reachable"],
  subject: "workload",
  reads: READS,
  extraReads: EXTRA_READS,
  wholeCluster: "always",
  subsumedBy: ["host-network"],
  check: ({ workload, pod }, context) => {
    const platform = context.view(platformView);
    const outside = outsideCloud(platform);
    if (outside) return notApplicable(outside.reason);
    const { provider } = platform;
    if (!provider || listAddresses(context).length === 0)
      return notApplicable(`${provider ? platformName(provider) : "The platform"} has no metadata service.`);
    const shield = pod.spec.hostNetwork === true ? null : context.view(metadataServiceView).findShield(workload.nodeNames);
    if (shield !== null) return { state: "pass", notes: [weakness("", undefined, shield)] };
    const nodeNames = pod.nodeNames ?? workload.nodeNames;
    const outcome = context.view(outcomesView)(context.view(podEndpointView)(workload, pod), nodeNames);
    const isClosed = Array.isArray(outcome) ? outcome.length === 0 : "state" in outcome && outcome.state === "pass";
    const unheld = isClosed ? context.view(unheldView).of(workload.ref.kind, nodeNames, pod.spec) : null;
    return unheld === null ? outcome : unknown(`Policies keep the pod from it, but ${unheld}`);
  },
  remedy: ({ workload, pod }, weaknesses, { slices }) => {
    const [first] = weaknesses;
    const place = first?.hint as Place | undefined; // safe: every weakness of this control carries one
    if (!first || !place || weaknesses.length !== 1 || pod.spec.hostNetwork === true) return null;
    if (!place.policy) return isolateEgress(workload, pod, slices.networkPolicies, `Add every other peer that it needs. ${OWN_IDENTITY}`);
    const named = resourceKey(place.policy);
    const policy = slices.networkPolicies.find((item) => resourceKey(item.ref) === named);
    if (!policy) return null;
    const path = `${first.path}.to`;
    const peers = records(readPath(policy.body, path));
    if (peers.length === 0) return null;
    return {
      target: policy.ref,
      ops: [set(path, closeRule(peers, place.address))],
      risk: "may-break",
      note: OWN_IDENTITY,
    };
  },
});
