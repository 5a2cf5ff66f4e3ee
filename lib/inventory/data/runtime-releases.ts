export const RUNTIME_RELEASES_AS_OF = "2026-08-22";
export const RUNTIME_RELEASES_SOURCES = [
  "https://containerd.io/releases/",
  "https://github.com/containerd/containerd/pull/13158",
  "https://endoflife.date/containerd",
] as const;

/** Last day of support of each containerd minor. Of 1.7 and 2.0 (taken up again for GKE) the project gives the month only. */
export const CONTAINERD_ENDS: Readonly<Record<string, string>> = {
  "1.4": "2022-03-03",
  "1.5": "2023-02-28",
  "1.6": "2025-08-23",
  "1.7": "2026-09-30",
  "2.0": "2027-03-31",
  "2.1": "2026-07-03",
  "2.2": "2026-11-06",
  "2.3": "2028-04-30",
};
