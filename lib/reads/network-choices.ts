import "server-only";
import type { NetworkWorkloadResponse } from "@/lib/contracts/network";
import type { NetworkAt } from "./network-at";

const CHOICES = 500;

/** Names to choose from: own workloads before those of the platform. */
export function listNetworkChoices(network: NetworkAt | null): NetworkWorkloadResponse["choices"] {
  if (!network) return { workloads: [], namespaces: [] };
  const found = [...network.workloads].sort(([a, one], [b, other]) => (one.scope === other.scope ? (a < b ? -1 : 1) : one.scope === "workload" ? -1 : 1));
  return { workloads: found.slice(0, CHOICES).map(([key]) => key), namespaces: network.matrix.namespaces.slice(0, CHOICES) };
}
