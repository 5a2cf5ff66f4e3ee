/** What anybody who knows a deliberately weak cluster would expect of a scan of it. */
export interface KnownWeakness {
  /** `Kind namespace/name`; users, groups and service accounts as they are bound. */
  readonly object: string;
  /** Controls that must not be met. */
  readonly found: readonly string[];
  /** Controls that must be met: the object is no worse than it is. */
  readonly met?: readonly string[];
}
