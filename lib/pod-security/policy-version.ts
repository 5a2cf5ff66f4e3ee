import type { KubeVersion } from "../inventory/inventory";

/** The newest policy version that the checks here know (pod-security-admission, July 2026). */
export const NEWEST_POLICY_MINOR = 37;

/** Whether a cluster may check more than the checks here. */
export function isBeyondPolicies(version: KubeVersion | null): version is KubeVersion {
  return version !== null && (version.major > 1 || version.minor > NEWEST_POLICY_MINOR);
}

/** Why what meets all checks here may be refused there. */
export function sayBeyond({ major, minor }: KubeVersion): string {
  return `Kubernetes ${major}.${minor} may check more than policy version 1.${NEWEST_POLICY_MINOR}, the newest that is known here.`;
}

/** The policy version that a cluster's `latest` means, as a minor of 1.x; unknown and newer versions are clamped to the newest. */
export function policyMinor(version: KubeVersion | null): number {
  if (version?.major !== 1) return NEWEST_POLICY_MINOR;
  return Math.max(0, Math.min(version.minor, NEWEST_POLICY_MINOR));
}
