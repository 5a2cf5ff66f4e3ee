/** Support of one Kubernetes minor by the project. Dates are the last day. */
export interface KubernetesRelease {
  /** From then on only fixes for the gravest faults. */
  readonly maintenanceFrom: string;
  readonly endOfLife: string;
  /** Newest patch known on `KUBERNETES_PATCHES_AS_OF`; left out = not known. */
  readonly newestPatch?: number;
}

export const KUBERNETES_RELEASES_AS_OF = "2026-11-24";
export const KUBERNETES_PATCHES_AS_OF = "2026-09-15";
export const KUBERNETES_RELEASES_SOURCES = [
  "https://kubernetes.io/releases/patch-releases/",
  "https://github.com/kubernetes/website/blob/main/data/releases/eol.yaml",
  "https://endoflife.date/kubernetes",
] as const;

/** By minor of major version 1; what is older than the first ended before 2024-07-16. */
export const KUBERNETES_RELEASES: Readonly<Record<number, KubernetesRelease>> = {
  27: { maintenanceFrom: "2024-04-28", endOfLife: "2024-07-16", newestPatch: 16 },
  28: { maintenanceFrom: "2024-08-28", endOfLife: "2024-10-22" },
  29: { maintenanceFrom: "2024-12-28", endOfLife: "2025-02-28" },
  30: { maintenanceFrom: "2025-04-28", endOfLife: "2025-07-15" },
  31: { maintenanceFrom: "2025-08-28", endOfLife: "2025-11-11" },
  32: { maintenanceFrom: "2025-12-28", endOfLife: "2026-02-28" },
  33: { maintenanceFrom: "2026-04-28", endOfLife: "2026-06-28", newestPatch: 13 },
  34: { maintenanceFrom: "2026-08-27", endOfLife: "2026-10-27", newestPatch: 12 },
  35: { maintenanceFrom: "2026-12-28", endOfLife: "2027-02-28", newestPatch: 9 },
  36: { maintenanceFrom: "2027-04-28", endOfLife: "2027-06-28", newestPatch: 5 },
  37: { maintenanceFrom: "2027-08-28", endOfLife: "2027-10-28", newestPatch: 1 },
};
