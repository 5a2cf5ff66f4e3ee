import type { Distribution } from "./cloud/cloud-provider";
import type { OptInSource } from "../model/opt-in-source";
import type { OwnControl, Reweighting } from "../model/own-control";
import type { Slice, SliceItems, SliceName } from "./slices";

/** What a cluster's operators told us, and what we learnt about the cluster as a whole. */
export interface Settings {
  /** Allowed image repositories or registries, by whole path segments; empty = not configured. */
  readonly trustedRegistries: readonly string[];
  /** Namespaces that count as platform beside the built-in list; a trailing `*` is a prefix. */
  readonly platformNamespaces: readonly string[];
  /** As many of the built-in lists as the release knew that judged by these settings; left out = all. */
  readonly platformRules?: number;
  readonly requireCpuLimit: boolean;
  /** Controls switched off, with the reason that people gave. */
  readonly disabledControls: Readonly<Record<string, string>>;
  /** Controls whose findings count more or less here than elsewhere. */
  readonly reweightedControls: Readonly<Record<string, Reweighting>>;
  readonly ownControls: readonly OwnControl[];
  /** What is read beyond the published ClusterRole. */
  readonly optInSources: readonly OptInSource[];
}

export const DEFAULT_SETTINGS: Settings = {
  trustedRegistries: [],
  platformNamespaces: [],
  requireCpuLimit: false,
  disabledControls: {},
  reweightedControls: {},
  ownControls: [],
  optInSources: [],
};

export interface KubeVersion {
  readonly major: number;
  readonly minor: number;
  /** As the server says it, e.g. `v1.34.2-eks-3d4f`. */
  readonly text: string;
}

/** What one scan saw. */
export interface Inventory {
  readonly kubeVersion: KubeVersion | null;
  /** False for a set of manifests: what is not in it may still exist. */
  readonly isComplete: boolean;
  /** When it was read; controls compare support dates with it. ISO instant. */
  readonly observedAt: string;
  readonly settings: Settings;
  /** What the cluster is recognised as, whose provider has rights of its own; left out = nothing tells, or no release or scan of then could. */
  readonly distribution?: Distribution | null;
  /** Of what is remembered, whose pods are not: the Services, as `namespace/name`, behind which nothing answered webhooks then. Left out = what runs tells. */
  readonly unanswered?: readonly string[];
  /** Of what is foretold: on which nodes pods are or will be is not known, so that it may be any. */
  readonly arePodsAnywhere?: true;
  readonly slices: { readonly [N in SliceName]: Slice<SliceItems[N][number]> };
}
