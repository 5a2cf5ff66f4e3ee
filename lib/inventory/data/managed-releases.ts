export type ManagedService = "eks" | "gke" | "aks";

/** Support of one Kubernetes minor by a managed service. Dates are the last day; `extended` is the paid or long-term end. */
export interface ManagedRelease {
  readonly standard: string;
  readonly extended: string;
}

export const MANAGED_RELEASES_AS_OF = "2026-08-22";
export const MANAGED_RELEASES_SOURCES = [
  "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  "https://cloud.google.com/kubernetes-engine/docs/release-schedule",
  "https://cloud.google.com/kubernetes-engine/versioning",
  "https://learn.microsoft.com/azure/aks/supported-kubernetes-versions",
  "https://endoflife.date",
] as const;

/** GKE: `standard` was called the end of life; `extended`, for clusters in the Extended channel, is 24 months after the minor came to the Regular channel. */
export const MANAGED_RELEASES: Readonly<Record<ManagedService, Readonly<Record<number, ManagedRelease>>>> = {
  eks: {
    30: { standard: "2025-07-23", extended: "2026-07-23" },
    31: { standard: "2025-11-26", extended: "2026-11-26" },
    32: { standard: "2026-03-23", extended: "2027-03-23" },
    33: { standard: "2026-07-29", extended: "2027-07-29" },
    34: { standard: "2026-12-02", extended: "2027-12-02" },
    35: { standard: "2027-03-27", extended: "2028-03-27" },
    36: { standard: "2027-08-02", extended: "2028-08-02" },
  },
  gke: {
    30: { standard: "2025-09-30", extended: "2026-07-31" },
    31: { standard: "2026-01-16", extended: "2026-10-25" },
    32: { standard: "2026-04-11", extended: "2027-02-11" },
    33: { standard: "2026-08-03", extended: "2027-06-03" },
    34: { standard: "2026-10-01", extended: "2027-09-30" },
    35: { standard: "2027-04-11", extended: "2028-02-11" },
    36: { standard: "2027-08-09", extended: "2028-06-09" },
  },
  aks: {
    30: { standard: "2025-08-22", extended: "2026-07-31" },
    31: { standard: "2025-11-01", extended: "2026-11-30" },
    32: { standard: "2026-03-31", extended: "2027-03-31" },
    33: { standard: "2026-07-31", extended: "2027-07-31" },
    34: { standard: "2026-11-30", extended: "2027-11-30" },
    35: { standard: "2027-03-31", extended: "2028-03-31" },
    36: { standard: "2027-06-30", extended: "2028-06-30" },
  },
};
