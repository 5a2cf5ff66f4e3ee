import { record, text } from "../../model/json";
import { isVirtualNode } from "../cloud/cloud-provider";
import type { KubeObject } from "../kube-object";
import { type Context, defineView } from "../view";
import { readSwitch } from "../values/read-switch";
import { readFlags } from "./component-flags";
import { kubeProxiesView } from "./kube-proxy";
import { judgeGivenMetrics, judgeMetricsOfPod, type MetricsAnswer } from "./kube-proxy-metrics";
import { findNetworkConfig } from "./network-configs";
import { type NetworkPlugin, networkPluginsView, placeOf } from "./network-plugin";
import { isSwitchedOn, readNodeArgs } from "./node-args";

/** Plugins that send traffic to Services on without kube-proxy, whatever they are told. */
const WITHOUT_PROXY: ReadonlySet<string> = new Set(["GKE Dataplane V2", "OVN-Kubernetes"]);

/** Cilium before 1.14 had more words for it, of which this one means all of it. */
const REPLACES = /^(?:true|strict)$/i;

function takesItsPlace({ name, ref }: NetworkPlugin, { slices }: Context<"workloads" | "configMaps">): boolean {
  if (name === "Cilium") return REPLACES.test(text(record(findNetworkConfig(slices.configMaps, "cilium")?.body.data)["kube-proxy-replacement"]) ?? "");
  if (name !== "kube-router") return WITHOUT_PROXY.has(name);
  const daemon = slices.workloads.find(
    (workload) => workload.ref.name === ref.name && workload.ref.namespace === ref.namespace && workload.ref.kind === ref.kind,
  );
  const containers = daemon?.views()[0]?.containers ?? [];
  return containers.every((container) => readSwitch(readFlags(container).get("run-service-proxy")?.value) !== false);
}

/** How kube-proxy runs in a cluster. */
export interface ProxiesOfNodes {
  /** Of each that runs on a node. */
  readonly answers: readonly MetricsAnswer[];
  /** What takes its place on some nodes where it is not seen: a sentence; null = on none. */
  readonly replacement: string | null;
  /** Why nothing is said of some node; null = kube-proxy, or what takes its place, is seen on each. */
  readonly unseen: string | null;
}

/** Of a cluster with nodes. Those of K3s run it in their own program, which their annotation tells of; virtual nodes are the provider's. */
export const kubeProxyNodesView = defineView({
  reads: ["workloads", "nodes", "configMaps"],
  compute: (context): ProxiesOfNodes => {
    const { slices, view } = context;
    const proxies = view(kubeProxiesView);
    const plugins = view(networkPluginsView).filter((plugin) => takesItsPlace(plugin, context));
    const argsOf = (node: KubeObject) => readNodeArgs(node, "server") ?? readNodeArgs(node, "agent");
    // Agents ask their server for it.
    const isOff = slices.nodes.some((node) => {
      const args = argsOf(node);
      return args !== null && isSwitchedOn(args, "--disable-kube-proxy");
    });
    const answers: MetricsAnswer[] = proxies.filter(({ runsOn }) => slices.nodes.some(runsOn)).map((proxy) => judgeMetricsOfPod(proxy, slices.configMaps));
    let replacement: string | null = null;
    let unseen: string | null = null;
    for (const node of slices.nodes) {
      if (isVirtualNode(node) || proxies.some(({ runsOn }) => runsOn(node))) continue;
      const args = argsOf(node);
      const plugin = plugins.find(({ covers }) => covers(node));
      if (args && isOff) replacement ??= "The servers of this cluster are told to run without kube-proxy (--disable-kube-proxy).";
      else if (args?.annotation === "k3s.io/node-args") answers.push(judgeGivenMetrics(node, args));
      else if (plugin) replacement ??= `${plugin.name} takes the place of kube-proxy.`;
      else unseen ??= `No pod shows kube-proxy on ${placeOf(node)}: it may run outside of pods there, or something else may take its place.`;
    }
    return { answers, replacement, unseen };
  },
});
