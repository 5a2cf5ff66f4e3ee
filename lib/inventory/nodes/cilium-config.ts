import { record, text } from "../../model/json";
import type { KubeObject } from "../kube-object";
import { findNetworkConfig } from "./network-configs";
import { readSwitch } from "../values/read-switch";
import { defineView } from "../view";

/** Cilium's own settings. */
export interface CiliumConfig {
  readonly object: KubeObject;
  /** `default`, `always` = every pod is isolated, `never` = no policy is enforced. */
  readonly mode: string | null;
  /** What says so. */
  readonly setting: { readonly path: string; readonly value: string | null };
  /** Where it acts on policies of its own kinds alone, and NetworkPolicies have no effect: the setting that says so. */
  readonly ownKindsOnly: { readonly path: string; readonly value: string } | null;
  /** Policies that choose nodes hold for what runs in the network of the node. */
  readonly hasHostFirewall: boolean;
  /** Selectors of its policies that name no cluster mean pods of the own one, and not what is in no namespace; null = it goes by the version. */
  readonly meansOwnCluster: boolean | null;
  /** Ranges of addresses of its policies are of pods as well; else never. */
  readonly rangesTakePods: boolean;
  /** Which labels of pods count, beside what Cilium leaves out by itself; null = a file of the agent says so. */
  readonly labels: string | null;
}

/** Why nothing is said of a pod's network where the settings of a Cilium that runs cannot be read. */
export const CILIUM_UNREAD = "Cilium may be told to isolate every pod, or to enforce no policy: its ConfigMap cannot be read.";

/** What its mode `always` comes to. */
export const ISOLATES_EVERY_POD = "Cilium is told to isolate every pod, whether or not a policy selects it.";

export const IGNORES_NETWORK_POLICIES = "Cilium is told to ignore NetworkPolicies: only policies of its own kinds act.";

export const ciliumConfigView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }): CiliumConfig | null => {
    const object = findNetworkConfig(slices.configMaps, "cilium");
    if (!object) return null;
    const data = record(object.body.data);
    const isOn = (key: string): boolean => text(data[key])?.toLowerCase() === "true";
    // It reports what policies would close, and closes nothing: https://docs.cilium.io/en/stable/security/policy-creation/.
    const isAudited = isOn("policy-audit-mode");
    const written = text(data["enable-policy"])?.toLowerCase() ?? null;
    const mode = isAudited ? "never" : written;
    const setting = isAudited ? { path: 'data["policy-audit-mode"]', value: "true" } : { path: 'data["enable-policy"]', value: written };
    const labels = text(data["label-prefix-file"]) ? null : (text(data.labels) ?? "");
    const read = text(data["enable-k8s-networkpolicy"])?.toLowerCase() ?? "";
    const ownKindsOnly = readSwitch(read) === false ? { path: 'data["enable-k8s-networkpolicy"]', value: read } : null;
    const rangesTakePods = /\bpods\b/.test(text(data["policy-cidr-match-mode"]) ?? "");
    const meansOwnCluster = readSwitch(text(data["policy-default-local-cluster"])) ?? null;
    return { object, mode, setting, ownKindsOnly, hasHostFirewall: isOn("enable-host-firewall"), meansOwnCluster, rangesTakePods, labels };
  },
});
