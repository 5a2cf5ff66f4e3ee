import type { FindingStanding } from "./finding-titles";

/** What the page knows of the past of a finding. Instants are ISO. */
interface Remembered {
  readonly state: FindingStanding;
  readonly openedAt: string | null;
  readonly firstSeenAt: string;
  readonly spans: readonly { readonly from: { readonly takenAt: string }; readonly state: string }[];
}

interface Since {
  readonly label: string;
  readonly at: string | null;
  readonly note: string | undefined;
  /** How it was before that, where it was seen before. */
  readonly before: "open before" | "not assessed before" | null;
}

const LABELS: Readonly<Partial<Record<FindingStanding, string>>> = {
  fixed: "Was open since",
  "not-failing": "Was open since",
  covered: "Was open since",
  gone: "Was open since",
  unknown: "Not assessed since",
  manual: "To be reviewed since",
};

/** Somebody saw it fail; what could never be assessed was never open, and closed without a fix. */
export function hasFailed({ spans }: Pick<Remembered, "spans">): boolean {
  return spans.some(({ state }) => state !== "unknown");
}

/** What its page shows of it is a failure, and no reason why it was not assessed. Before it was seen first, that is how it looked later. */
export function showsFailure({ state, spans, reason }: Pick<Remembered, "state" | "spans"> & { readonly reason: string | null }): boolean {
  return state === "not-yet" ? reason === null : state !== "unknown" && hasFailed({ spans });
}

/** Since when it stands as it does, and whether it had been there before. */
export function tellSince(finding: Remembered): Since {
  const { state, openedAt, firstSeenAt, spans } = finding;
  // Of a moment before it, the first time is told, which may be followed by others.
  if (state === "not-yet") return { label: "First seen later", at: firstSeenAt, note: undefined, before: null };
  const label = hasFailed(finding) ? (LABELS[state] ?? "Open since") : state === "unknown" ? "Not assessed since" : "Not assessed from";
  if (openedAt === null || openedAt === firstSeenAt) return { label, at: openedAt, note: "First seen then", before: null };
  if (openedAt < firstSeenAt) return { label, at: openedAt, note: "Another finding showed the same at first", before: null };
  const isOpenBefore = hasFailed({ spans: spans.filter(({ from }) => from.takenAt < openedAt) });
  return { label, at: openedAt, note: undefined, before: isOpenBefore ? "open before" : "not assessed before" };
}
