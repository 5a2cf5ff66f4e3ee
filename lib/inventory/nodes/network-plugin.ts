import { type JsonRecord, list, record, records, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import type { ResourceRef } from "../../model/resource-ref";
import { readFlags, toSwitch } from "./component-flags";
import { ciliumConfigView } from "./cilium-config";
import { isFargateNode, isVirtualNode, platformView, poolOf } from "../cloud/cloud-provider";
import { findNetworkConfig } from "./network-configs";
import { NETWORK_PLUGINS } from "../data/network-plugins";
import { splitImageReference } from "../images/image-reference";
import { isSwitchedOn, readServerArgs, valuesOf } from "./node-args";
import { isPlaceable } from "../workloads/node-placement";
import { isWindowsNode } from "../workloads/pod-os";
import { isRunningView } from "../workloads/running-workloads";
import { type Context, defineView } from "../view";
import type { Container, Workload } from "../workloads/workload";

/** A network plugin that was recognised. `enforces: null` = it cannot be told. */
export interface NetworkPlugin {
  readonly name: string;
  readonly ref: ResourceRef;
  readonly enforces: boolean | null;
  /** A sentence that names it. */
  readonly because: string;
  /** Where it is told to close pods from their start until a policy selects them. */
  readonly strictAt?: string;
  /** Whether it runs on a node, as far as that is no virtual one. */
  readonly covers: (node: KubeObject) => boolean;
}

const everywhere = (): boolean => true;

function imageOf(container: Container): { readonly repository: string; readonly tag: string | null } | null {
  return splitImageReference(text(container.spec.image) ?? "");
}

/** A switch as it was last written; undefined = not set. */
function switchOf(containers: readonly Container[], name: string): boolean | undefined {
  return containers.map((container) => toSwitch(readFlags(container).get(name))).findLast((value) => value !== undefined);
}

/** The mode of Amazon VPC CNI that its agent gives to each pod as that is made, in whatever case. */
function findStrict(containers: readonly Container[]): string | undefined {
  const container = containers.find(({ name }) => name === "aws-node");
  const env = list(container?.spec.env).map(record);
  const at = env.findLastIndex(({ name }) => name === "NETWORK_POLICY_ENFORCING_MODE");
  return text(env[at]?.value)?.toLowerCase() === "strict" ? container?.at(`env[${at}].value`) : undefined;
}

function judgeFlag(plugin: string, containers: readonly Container[], tag: string | null): Pick<NetworkPlugin, "enforces" | "because" | "strictAt"> {
  if (plugin === "kube-router") {
    const isOff = switchOf(containers, "run-firewall") === false;
    return { enforces: !isOff, because: isOff ? "The firewall of kube-router is switched off." : "The firewall of kube-router is on." };
  }
  if (plugin === "Amazon VPC CNI") {
    const agents = containers.filter((container) => /^aws-(?:eks-nodeagent|network-policy-agent)$/.test(container.name));
    if (agents.length === 0) return { enforces: false, because: "Amazon VPC CNI runs without its network policy agent." };
    const isOn = switchOf(agents, "enable-network-policy") === true;
    const strictAt = isOn ? findStrict(containers) : undefined;
    if (strictAt !== undefined) return { enforces: true, because: "The network policy agent of Amazon VPC CNI is on, in strict mode.", strictAt };
    return { enforces: isOn, because: `The network policy agent of Amazon VPC CNI is ${isOn ? "on" : "not switched on"}.` };
  }
  if (plugin === "kindnet") {
    const isNew = tag !== null && /^v\d{8}/.test(tag) ? tag.slice(0, 9) >= NETWORK_PLUGINS.kindnetEnforcesFrom : null;
    return {
      enforces: isNew,
      because:
        isNew === null
          ? "The version of kindnet cannot be read from its image."
          : isNew
            ? "kindnet enforces NetworkPolicy from kind 0.24 on."
            : "kindnet does not enforce NetworkPolicy before kind 0.24.",
    };
  }
  if (plugin === "Weave Net") {
    const isOn = containers.some(({ name }) => name === "weave-npc");
    return { enforces: isOn, because: `Weave Net runs ${isOn ? "with" : "without"} its network policy controller.` };
  }
  const hasHelper = containers.some((container) => container.name === "kube-network-policies");
  return { enforces: hasHelper, because: hasHelper ? "Flannel runs with kube-network-policies." : "Flannel does not implement NetworkPolicy." };
}

function recogniseInstaller({ ref, views }: Workload): NetworkPlugin | null {
  const found = NETWORK_PLUGINS.installers.find(
    ({ workload, image }) =>
      ref.kind === "Deployment" && workload === ref.name && views()[0]?.containers.some((container) => imageOf(container)?.repository.endsWith(`/${image}`)),
  );
  return found
    ? { name: found.name, ref, enforces: null, covers: everywhere, because: `${found.workload} is here to install ${found.name}, which is not here.` }
    : null;
}

function recognise(workload: Workload): NetworkPlugin | null {
  const named = NETWORK_PLUGINS.plugins.filter((plugin) => plugin.workload === workload.ref.name);
  if (named.length === 0 || workload.ref.kind !== "DaemonSet") return null;
  const template = workload.views()[0];
  const containers = template?.containers ?? [];
  const covers = (node: KubeObject): boolean => isPlaceable(record(template?.spec), node);
  for (const { name, image, enforces } of named) {
    const found = image === "" ? containers[0] : containers.find((container) => imageOf(container)?.repository.endsWith(`/${image}`));
    if (!found) continue;
    const judged =
      enforces === "flag"
        ? judgeFlag(name, containers, imageOf(found)?.tag ?? null)
        : { enforces, because: `${name} ${enforces ? "enforces NetworkPolicy" : "enforces no NetworkPolicy by itself"}.` };
    return { name, ref: workload.ref, covers, ...judged };
  }
  // Registries of one's own may call an image anything: it may be the one that the name says.
  const [meant] = named.filter(({ enforces }) => enforces !== false);
  if (!meant) return null;
  const because = `${meant.name} may be here: DaemonSet ${meant.workload} has its name, and an image that is not known.`;
  return { name: meant.name, ref: workload.ref, covers, enforces: null, because };
}

/** Kube-OVN makes rules of policies in a program of its own, which may be told to leave that. */
function heedOvnController(plugin: NetworkPlugin, workloads: readonly Workload[]): NetworkPlugin {
  if (plugin.name !== "Kube-OVN") return plugin;
  const controller = workloads.find(({ ref }) => ref.name === "kube-ovn-controller" && ref.namespace === plugin.ref.namespace && ref.kind === "Deployment");
  if (switchOf(controller?.views()[0]?.containers ?? [], "enable-np") !== false) return plugin;
  return { ...plugin, enforces: false, because: "Kube-OVN is told to leave NetworkPolicies alone (--enable-np=false)." };
}

/** The network plugins that run here, by name and image of their DaemonSets in platform namespaces. */
export const networkPluginsView = defineView({
  reads: ["workloads"],
  compute: ({ slices, view }): readonly NetworkPlugin[] =>
    slices.workloads
      .filter((workload) => workload.scope === "platform")
      .flatMap((workload) => {
        const found = recognise(workload);
        if (!found) return recogniseInstaller(workload) ?? [];
        return view(isRunningView)(workload)
          ? heedOvnController(found, slices.workloads)
          : { ...found, enforces: null, because: `${found.name} is here, but none of its pods is ready.` };
      }),
});

/** K3s runs Flannel and the policy controller of kube-router in its own program, unless its servers are told not to; null = no server of it is seen. */
const k3sPluginView = defineView({
  reads: ["nodes"],
  compute: ({ slices }): NetworkPlugin | null => {
    const servers = slices.nodes.flatMap((node) => {
      const args = readServerArgs(node, ["k3s.io/node-args"]);
      return args ? [{ ref: node.ref, args }] : [];
    });
    const off = servers.find(({ args }) => isSwitchedOn(args, "--disable-network-policy"));
    const [first] = servers;
    if (!first) return null;
    if (!off)
      return {
        name: "K3s",
        ref: first.ref,
        enforces: true,
        covers: everywhere,
        because: "K3s enforces NetworkPolicy itself: its server is not told to leave that.",
      };
    // Another plugin is here then, which its DaemonSet tells.
    if (valuesOf(off.args, "--flannel-backend").at(-1) === "none") return null;
    const because = "K3s is told to run without its network policy controller (--disable-network-policy).";
    return { name: "K3s", ref: off.ref, enforces: false, covers: everywhere, because };
  },
});

/** The controller of EKS is off until its ConfigMap says otherwise, in this one word: it takes no other for a switch that is on. */
function isControllerOn(config: KubeObject | undefined): boolean {
  return record(config?.body.data)["enable-network-policy-controller"] === "true";
}

const OWN_CONTROLLER = "amazon-network-policy-controller-k8s";

/**
 * One that somebody runs in the cluster, under whatever name of a release: beside that of EKS, or where there is no EKS. Its name or its image tells it where the
 * platform runs; elsewhere anybody may give either, and it has both.
 */
function isOwnController({ ref, scope, views, isDormant }: Workload): boolean {
  const [isPlatform, isNamed] = [scope === "platform", ref.name.includes(OWN_CONTROLLER)];
  if (ref.kind !== "Deployment" || isDormant || !(isPlatform || isNamed)) return false;
  return (isPlatform && isNamed) || (views()[0]?.containers ?? []).some((container) => imageOf(container)?.repository.endsWith(`/${OWN_CONTROLLER}`));
}

/** It may be told to ask no ConfigMap. */
function asksNoConfig({ views }: Workload): boolean {
  return switchOf(views()[0]?.containers ?? [], "enable-configmap-check") === false;
}

/** The agents of the plugin of AWS enforce what the controller of EKS makes of policies: unless that is told to be on, they have nothing to enforce. */
function heedController(plugin: NetworkPlugin, { slices, isComplete, isRead, view }: Context<"workloads" | "configMaps" | "nodes">): NetworkPlugin {
  if (plugin.name !== "Amazon VPC CNI" || plugin.enforces !== true) return plugin;
  const config = findNetworkConfig(slices.configMaps, "amazon");
  const isOn = isControllerOn(config);
  // The control plane of EKS alone has a controller of its own.
  const isElsewhere = view(platformView).isManaged === false;
  if (isOn && !isElsewhere) return plugin;
  const controllers = slices.workloads.filter(isOwnController);
  const own = isOn ? controllers : controllers.filter(asksNoConfig);
  if (own.some(view(isRunningView))) return plugin;
  if (own.length > 0) return { ...plugin, enforces: null, because: `${OWN_CONTROLLER} is here, but none of its pods is ready.` };
  if (isElsewhere && controllers.length === 0) {
    const because = `Amazon VPC CNI enforces what a controller makes of policies: outside of EKS that is ${OWN_CONTROLLER}, which does not run here.`;
    return { ...plugin, enforces: isComplete ? false : null, because };
  }
  if (config)
    return { ...plugin, ref: config.ref, enforces: false, because: "ConfigMap amazon-vpc-cni leaves the network policy controller of EKS switched off." };
  return isComplete && isRead("configMaps")
    ? { ...plugin, enforces: false, because: "The network policy controller of EKS is off: there is no ConfigMap amazon-vpc-cni, which would switch it on." }
    : { ...plugin, enforces: null, because: "ConfigMap amazon-vpc-cni, which tells the network policy controller of EKS whether to work, is not seen." };
}

export const EKS_AUTO_MODE = "EKS Auto Mode";

/** EKS Auto Mode runs the plugin of AWS in the machine, which gets policies once the controller of the cluster is told to; null = none of its nodes is seen. */
const eksAutoPluginView = defineView({
  reads: ["nodes", "configMaps"],
  compute: ({ slices, isRead, view }): NetworkPlugin | null => {
    if (view(platformView).distribution !== "eks") return null;
    const covers = ({ labels }: KubeObject): boolean => labels["eks.amazonaws.com/compute-type"] === "auto";
    const node = slices.nodes.find(covers);
    if (!node) return null;
    const name = EKS_AUTO_MODE;
    const config = findNetworkConfig(slices.configMaps, "amazon");
    if (!config && !isRead("configMaps"))
      return {
        name,
        ref: node.ref,
        enforces: null,
        covers,
        because: "ConfigMap amazon-vpc-cni, which tells EKS Auto Mode whether to enforce policies, was not read.",
      };
    const enforces = isControllerOn(config);
    return {
      name,
      ref: config?.ref ?? node.ref,
      enforces,
      covers,
      because: `The network policy controller of EKS Auto Mode is ${enforces ? "on" : "not switched on"}.`,
    };
  },
});

/** Whether a DaemonSet puts something into the folders of a node in which its network plugins lie: one of a name that is not known, or one that works behind another. */
function isInstaller({ ref, views }: Workload): boolean {
  const volumes = records(views()[0]?.spec.volumes);
  return ref.kind === "DaemonSet" && volumes.some(({ hostPath }) => /^\/(?:etc|opt)\/cni(?:\/|$)/.test(text(record(hostPath).path) ?? ""));
}

/**
 * GKE and AKS run what enforces policies as a DaemonSet that everybody sees: where there is none, their own network drops nothing. AKS may be left without a
 * network of its own, for any plugin. Null = it is neither, nodes of a data centre are among it, or objects are missing.
 */
const cloudPluginView = defineView({
  reads: ["nodes", "workloads"],
  compute: ({ slices, isComplete, view }): NetworkPlugin | null => {
    const { distribution, isManaged, isAutopilot } = view(platformView);
    const [first] = slices.nodes;
    if (!first || !isComplete || isManaged !== true || isAutopilot) return null;
    const plugin = { ref: first.ref, enforces: false, covers: everywhere };
    if (distribution === "gke")
      return { ...plugin, name: "GKE", because: "Network policy enforcement of GKE is off: neither Dataplane V2 (anetd) nor Calico (calico-node) runs." };
    if (distribution !== "aks" || slices.workloads.some(isInstaller)) return null;
    return { ...plugin, name: "AKS", because: "No network policy engine of AKS runs: neither Cilium, Calico (calico-node) nor that of Azure (azure-npm)." };
  },
});

/** A Cilium that acts on policies of its own kinds alone is the plugin where no other may act. */
export const actingPluginsView = defineView({
  reads: ["workloads", "nodes", "configMaps"],
  compute: (context): readonly NetworkPlugin[] => {
    const found = context.view(networkPluginsView).map((plugin) => heedController(plugin, context));
    const cloud = found.length === 0 ? context.view(cloudPluginView) : null;
    const plugins = [...found, context.view(k3sPluginView), context.view(eksAutoPluginView), cloud].filter((plugin) => plugin !== null);
    const others = context.view(ciliumConfigView)?.ownKindsOnly ? plugins.filter(({ name }) => name !== "Cilium") : plugins;
    return others.some(({ enforces }) => enforces !== false) ? others : plugins;
  },
});

/** False only when every plugin that was recognised leaves policies unenforced. */
export const enforcementView = defineView({
  reads: ["workloads", "nodes", "configMaps"],
  compute: ({ view }): { readonly enforces: boolean | null; readonly plugin: NetworkPlugin | null } => {
    const acting = view(actingPluginsView);
    const enforcing = acting.find((plugin) => plugin.enforces === true);
    if (enforcing) return { enforces: true, plugin: enforcing };
    const open = acting.find((plugin) => plugin.enforces === null);
    const [first] = acting;
    return { enforces: open || !first ? null : false, plugin: open ?? first ?? null };
  },
});

/** Both are the agent of AWS, which is made for pods of controllers: https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html. */
const LEAVES_LONE_PODS = new Set(["Amazon VPC CNI", EKS_AUTO_MODE]);

/** Why policies are not known to act on pods, although a plugin of the cluster enforces some, or may. The ends of sentences; null = nothing is known against it. */
interface Unheld {
  /** Of a kind, on these nodes: none of those plugins goes to one of them, or it leaves such pods alone. */
  readonly of: (kind: string, nodeNames: readonly string[], spec: JsonRecord) => string | null;
  /** Wherever they are: none of those plugins goes to any node. */
  readonly everywhere: string | null;
}

/** What a node is of rather than its name: each pod of Fargate has its own, and those of a pool come and go, so that one sentence would be told in hundreds of ways. */
export function placeOf(node: KubeObject): string {
  if (isFargateNode(node)) return "Fargate";
  if (isVirtualNode(node)) return "virtual nodes";
  if (isWindowsNode(node.body)) return "nodes with Windows";
  const pool = poolOf(node);
  return pool === null ? `node ${node.ref.name}` : `nodes of pool ${pool}`;
}

const sayOpen = (place: string): string => `nothing that is known to enforce them runs on ${place}.`;

export const unheldView = defineView({
  reads: ["workloads", "nodes", "configMaps"],
  compute: ({ slices, view, arePodsAnywhere }): Unheld => {
    const acting = view(actingPluginsView).filter(({ enforces }) => enforces !== false);
    if (acting.length === 0) return { of: () => null, everywhere: null };
    const isOpen = (node: KubeObject): boolean => isVirtualNode(node) || !acting.some(({ covers }) => covers(node));
    const openNodes = slices.nodes.filter(isOpen);
    const open = new Map(openNodes.map((node) => [node.ref.name, placeOf(node)]));
    // EKS tells pods themselves that they go to Fargate, whatever their template says.
    const mayGoTo = (spec: JsonRecord) => openNodes.find((node) => isVirtualNode(node) || isPlaceable(spec, node))?.ref.name;
    const lone = acting.every(({ name }) => LEAVES_LONE_PODS.has(name)) ? (acting[0]?.name ?? null) : null;
    const [first] = open.values();
    return {
      of: (kind, nodeNames, spec) => {
        const told = arePodsAnywhere && nodeNames.length === 0 ? [mayGoTo(spec) ?? ""] : nodeNames;
        const place = told.map((name) => open.get(name)).find((found) => found !== undefined);
        if (place !== undefined) return sayOpen(place);
        return lone !== null && kind === "Pod" ? `${lone} is not made for pods without a controller, and may leave them open.` : null;
      },
      everywhere: first !== undefined && open.size === slices.nodes.length ? sayOpen(first) : null,
    };
  },
});
