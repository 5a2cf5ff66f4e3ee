/** How reading one kind of resource went. `left-out` = it is served, or may be, and no cluster is ever asked for it. */
export const COVERAGE_STATUSES = ["read", "forbidden", "absent", "timeout", "failed", "not-requested", "left-out"] as const;
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number];

export interface KindCoverage {
  readonly group: string;
  readonly version: string;
  /** Plural name as in the API path, e.g. `networkpolicies`. */
  readonly resource: string;
  readonly kind: string;
  readonly status: CoverageStatus;
  /** Of a gap, those that may be judged all the same: 0 where a list broke off. */
  readonly objects: number;
  /** One sentence, for everything but `read`. */
  readonly reason?: string;
  /** The one action that closes the gap, e.g. a grant. */
  readonly action?: string;
}

/** Asked for, and not to be had: as against absent, and as against not asked for. */
export function isGap({ status }: Pick<KindCoverage, "status">): boolean {
  return status === "forbidden" || status === "timeout" || status === "failed";
}

/** Why a kind could not be read, in one sentence. */
export function whyUnread({ reason }: Pick<KindCoverage, "reason">): string {
  return reason ?? "It could not be read.";
}

/**
 * Nothing is known of what there is: asked for in vain, or not asked for. Of a source that many are asked for one by one, some may answer: then its
 * objects stand, and each says of itself whether it was read.
 */
export function isLost(entry: Pick<KindCoverage, "status" | "objects">): boolean {
  return (isGap(entry) && entry.objects === 0) || entry.status === "not-requested";
}
