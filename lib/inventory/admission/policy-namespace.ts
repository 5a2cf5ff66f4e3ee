import { rememberedOf } from "../../model/remembered";
import type { KubeObject } from "../kube-object";

/** A namespace as policies see it. */
export interface PolicyNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** With the label that the API server gives each namespace, and that manifests leave out. */
export function toPolicyNamespace(name: string, labels: PolicyNamespace["labels"] = {}): PolicyNamespace {
  return { name, labels: { "kubernetes.io/metadata.name": name, ...labels } };
}

/** One of a cluster, the very same each time: thousands of policies are asked about it by several controls. */
export const placeOf = rememberedOf(({ ref, labels }: Pick<KubeObject, "ref" | "labels">): PolicyNamespace => toPolicyNamespace(ref.name, labels));
