import type { KubeObject } from "../kube-object";
import type { ResourceRef } from "../../model/resource-ref";

const inSystem = (name: string): ResourceRef => ({ apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name });

/** What network plugins are told: whether policies act is seen in it. */
export const NETWORK_CONFIGS = { cilium: inSystem("cilium-config"), amazon: inSystem("amazon-vpc-cni") } as const;

export function findNetworkConfig(configMaps: readonly KubeObject[], plugin: keyof typeof NETWORK_CONFIGS): KubeObject | undefined {
  const { namespace, name } = NETWORK_CONFIGS[plugin];
  return configMaps.find(({ ref }) => ref.name === name && ref.namespace === namespace);
}
