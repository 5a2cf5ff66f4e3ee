import { ciliumConfigView } from "../../inventory/nodes/cilium-config";
import { type CiliumLabels, toCiliumLabels } from "../../inventory/labels/cilium-labels";
import { defineView } from "../../inventory/view";
import { type AccountLabels, accountLabelsView } from "./account-labels";

/** What policies mean beside their own words. */
export interface PolicySettings {
  /** What is not among the objects does not exist. */
  readonly isWhole: boolean;
  /** Labels of service accounts, which policies of Calico may ask for. */
  readonly accounts: AccountLabels;
  /** The labels of pods that Cilium looks at. */
  readonly ciliumLabels: CiliumLabels;
  /** Selectors of Cilium that name no cluster mean the own one; null = that is not known. */
  readonly meansOwnCluster: boolean | null;
  /** Ranges of addresses in policies of Cilium may be of pods: it is told so. */
  readonly rangesTakePods: boolean;
  /** Policies of Cilium that choose nodes hold; null = that is not known. */
  readonly hasHostFirewall: boolean | null;
}

export const NO_SETTINGS: PolicySettings = {
  isWhole: false,
  accounts: () => null,
  ciliumLabels: toCiliumLabels(""),
  meansOwnCluster: null,
  rangesTakePods: false,
  hasHostFirewall: null,
};

/** Where the settings of Cilium cannot be read, it is taken to look at the labels that it looks at by itself. */
export const policySettingsView = defineView({
  reads: ["serviceAccounts", "configMaps"],
  compute: ({ view, isComplete }): PolicySettings => {
    const config = view(ciliumConfigView);
    return {
      isWhole: isComplete,
      accounts: view(accountLabelsView),
      ciliumLabels: toCiliumLabels(config ? config.labels : ""),
      meansOwnCluster: config?.meansOwnCluster ?? null,
      rangesTakePods: config?.rangesTakePods ?? false,
      hasHostFirewall: config?.hasHostFirewall ?? null,
    };
  },
});
