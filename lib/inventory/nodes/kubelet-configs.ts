import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** Stands in place of the settings that could not be had, with why. */
export const NOT_READ = "concentric.dev/not-read";

/** Why the settings of a kubelet are not known; null = they are, or the object is something else. */
export function whyNotRead({ ref, annotations }: KubeObject): string | null {
  return ref.kind === "KubeletConfiguration" ? (annotations[NOT_READ] ?? null) : null;
}

/** The settings of a node's kubelet, or the sentence why they are not known; by the name of the node. */
export const kubeletConfigsView = defineView({
  reads: ["kubeletConfigs"],
  compute: ({ slices }): ReadonlyMap<string, KubeObject | string> =>
    new Map(slices.kubeletConfigs.map((config) => [config.ref.name, whyNotRead(config) ?? config])),
});
