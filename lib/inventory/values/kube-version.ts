import { dig, text } from "../../model/json";
import type { KubeVersion } from "../inventory";
import type { KubeObject } from "../kube-object";

/** `v1.34.2-eks-3d4f` -> 1, 34, 2; null for anything else. */
export function parseKubeVersion(value: string): (KubeVersion & { readonly patch: number | null }) | null {
  const found = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(value.trim());
  if (!found) return null;
  return { major: Number(found[1]), minor: Number(found[2]), patch: found[3] === undefined ? null : Number(found[3]), text: value };
}

/** Whether a cluster is of a minor version of Kubernetes 1 or newer; an unknown version counts as new. */
export function isSinceMinor(version: KubeVersion | null, minor: number): boolean {
  return version === null || version.major > 1 || version.minor >= minor;
}

export function kubeletVersionOf(node: KubeObject): string | undefined {
  return text(dig(node.body, "status", "nodeInfo", "kubeletVersion")) || undefined;
}
