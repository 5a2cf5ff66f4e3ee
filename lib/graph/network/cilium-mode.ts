import { ciliumConfigView } from "../../inventory/nodes/cilium-config";
import type { KubeObject } from "../../inventory/kube-object";
import { networkPluginsView } from "../../inventory/nodes/network-plugin";
import { defineView } from "../../inventory/view";

/** That Cilium takes every pod for isolated, or enforces no policy at all. */
export interface CiliumMode {
  readonly mode: "always" | "never";
  readonly object: KubeObject;
  /** Of the setting that says so. */
  readonly path: string;
  /** Cilium runs, and nothing else that may enforce policies; else its settings may be left of one that was removed. */
  readonly isSure: boolean;
}

/** Null = policies count as they are written. */
export const ciliumModeView = defineView({
  reads: ["configMaps", "workloads"],
  compute: (context): CiliumMode | null => {
    const config = context.view(ciliumConfigView);
    if (config?.mode !== "always" && config?.mode !== "never") return null;
    const plugins = context.view(networkPluginsView).filter(({ enforces }) => enforces !== false);
    return {
      mode: config.mode,
      object: config.object,
      path: config.setting.path,
      isSure: plugins.length > 0 && plugins.every(({ name }) => name === "Cilium"),
    };
  },
});
