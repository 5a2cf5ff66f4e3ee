import type { Distribution } from "./cloud-provider";
import { MANAGED_RELEASES, type ManagedRelease, type ManagedService } from "../data/managed-releases";

export function isManagedService(distribution: Distribution | null): distribution is ManagedService {
  return distribution === "eks" || distribution === "gke" || distribution === "aks";
}

/** The window of a minor at a managed service; null = not in our table. */
export function findManagedRelease(service: ManagedService, minor: number): ManagedRelease | null {
  return MANAGED_RELEASES[service][minor] ?? null;
}

/** The first and last minor that our table of a service has. */
export function managedRange(service: ManagedService): { readonly first: number; readonly last: number } {
  const minors = Object.keys(MANAGED_RELEASES[service]).map(Number);
  return { first: Math.min(...minors), last: Math.max(...minors) };
}
