import "server-only";

/** The demo tells 90 days: day 0 is the first scan, the last day is today. */
export const DEMO_DAYS = 90;

/** What happens on which day. Everything that the demo shows is made from this table. */
export const STORY = {
  /** During an incident someone binds a service account to cluster-admin; it is found and removed three days later. */
  firstDebugBinding: { from: 7, to: 10 },
  /** It comes back in the next incident, four days before today. */
  secondDebugBinding: { from: 86, to: 999 },
  /** The hardening push: from its day on, a team's charts carry a full security context. */
  hardened: { identity: 16, payments: 22, checkout: 29, platform: 36, catalog: 52, search: 67 } as Readonly<Record<string, number>>,
  /** Default-deny policies follow a week after a team's charts. */
  policiesAfterDays: 7,
  /** The policy agent of the network plugin is switched on, before the first policies. */
  policyAgent: 21,
  /** Pod Security labels on namespaces of hardened teams. */
  labelsAfterDays: 12,
  /** The collector's role loses RBAC kinds for a week after a clean-up of "unused" rights. */
  unreadable: { from: 43, to: 50 },
  /** Kubernetes goes from 1.34 to 1.35; nodes follow one by one, each replaced by one that runs Bottlerocket. */
  upgrade: 48,
  firstBottlerocket: 50,
  /** A new team and its namespace, made in a hurry. */
  loyalty: 62,
  /** A chart upgrade drops the security context of the media team's services; half of it is repaired later. */
  mediaRegression: { from: 71, repaired: 84 },
  /** Observability runs a privileged profiler. */
  profiler: { from: 76, to: 88 },
  /** The load balancer of checkout gets source ranges. */
  sourceRanges: 58,
  /** Images are pinned by digest by the teams that are hardened. */
  digests: 33,
} as const;

export function isBetween(day: number, period: { readonly from: number; readonly to: number }): boolean {
  return day >= period.from && day < period.to;
}

/** True from the day on which a team's charts are hardened, with an offset in days. */
export function isHardened(team: string, day: number, afterDays = 0): boolean {
  const from = STORY.hardened[team];
  return from !== undefined && day >= from + afterDays;
}
