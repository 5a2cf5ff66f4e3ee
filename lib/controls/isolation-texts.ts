import type { Direction } from "../graph/network/endpoint";

/** A command that shows what the policies of a namespace say of one direction. */
export function isolationCommand(direction: Direction): string {
  const columns = `POLICY:.metadata.name,PODS:.spec.podSelector,TYPES:.spec.policyTypes,${direction.toUpperCase()}:.spec.${direction}`;
  return `kubectl get networkpolicy -n NAMESPACE -o custom-columns='${columns}'`;
}

/** How to read it, after which policy is missing. */
export function isolationLookFor(missing: string): string {
  return `${missing}, or one with \`[map[]]\`, a rule that allows everything. Cluster-wide policies and those of Cilium and Calico count too.`;
}

/** In a fix: one more policy closes nothing that another lets through. */
export const NARROW_FIRST = "First narrow any policy that lets everybody through, including those of Calico, Cilium and cluster administrators.";
