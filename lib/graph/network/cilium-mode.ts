import { ciliumConfigView } from "../../inventory/nodes/cilium-config";
import type { KubeObject } from "../../inventory/kube-object";
import { networkPluginsView } from "../../inventory/nodes/network-plugin";
import { defineView } from "../../inventory/view";

/** That Cilium takes every pod for isolated, enforces no policy at all, or none but those of its own kinds. */
export interface CiliumMode {
  readonly mode: "always" | "never" | "own";
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
    const mode = config?.mode === "always" || config?.mode === "never" ? config.mode : config?.ownKindsOnly ? "own" : null;
    if (!config || mode === null) return null;
    const plugins = context.view(networkPluginsView).filter(({ enforces }) => enforces !== false);
    return {
      mode,
      object: config.object,
      path: mode === "own" ? (config.ownKindsOnly?.path ?? "") : config.setting.path,
      isSure: plugins.length > 0 && plugins.every(({ name }) => name === "Cilium"),
    };
  },
});
