import { isVirtualNode } from "../inventory/cloud/cloud-provider";
import type { KubeObject } from "../inventory/kube-object";
import { kubeletConfigsView } from "../inventory/nodes/kubelet-configs";
import { isWindowsNode } from "../inventory/workloads/pod-os";
import type { Context } from "../inventory/view";
import { dig, type JsonRecord } from "../model/json";
import { notApplicable, type Outcome, unknown, type Weakness, weakness } from "./define";

/** The settings that one kubelet runs with. Zero values are left out of them: no `readOnlyPort` is 0. */
export interface Kubelet {
  readonly settings: JsonRecord;
  /** A weakness at one of its fields, with the value that is there. */
  readonly at: (path: string, message: string, extra?: Pick<Weakness, "severity">) => Weakness;
}

/** Judges the kubelet of a node by the settings that it runs with; without them nothing is said. */
export function kubeletAnswer(node: KubeObject, context: Context<"kubeletConfigs">, judge: (kubelet: Kubelet) => Outcome): Outcome {
  if (isVirtualNode(node)) return notApplicable("It is a virtual node: the provider runs its kubelet.");
  const config = context.view(kubeletConfigsView).get(node.ref.name);
  if (config === undefined) return unknown("The settings of its kubelet are not among what was read.");
  if (typeof config === "string") return unknown(config);
  const { body: settings, ref: object } = config;
  return judge({ settings, at: (path, message, extra = {}) => weakness(path, dig(settings, ...path.split(".")), message, { object, ...extra }) });
}

/** The same for a setting that does something on Linux only. */
export function linuxKubeletAnswer(...[node, context, judge]: Parameters<typeof kubeletAnswer>): Outcome {
  return isWindowsNode(node.body) ? notApplicable("The rule is about Linux.") : kubeletAnswer(node, context, judge);
}
