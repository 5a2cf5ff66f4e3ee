import type { KubeObject } from "./kube-object";
import { defineView } from "./view";

/** The settings of a node's kubelet, or the sentence why they are not known; by the name of the node. */
export const kubeletConfigsView = defineView({
  reads: ["kubeletConfigs"],
  compute: ({ slices }): ReadonlyMap<string, KubeObject | string> =>
    new Map(slices.kubeletConfigs.map((config) => [config.ref.name, config.annotations["concentric.dev/not-read"] ?? config])),
});
