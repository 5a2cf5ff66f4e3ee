import type { FindingRow, ListFindingsQuery } from "@/lib/contracts/findings";

/** For how many days a finding has been open, as filters and the histogram of ages name it. */
export const AGE_WORDS: Readonly<Record<NonNullable<ListFindingsQuery["age"]>[number], string>> = {
  "0-7": "0–7 d",
  "8-30": "8–30 d",
  "31-90": "31–90 d",
  "91-180": "91–180 d",
  "over-180": "over 180 d",
};

export const STATE_FACET_WORDS: Readonly<Record<FindingRow["state"], string>> = {
  open: "Open",
  manual: "Needs review",
  waived: "Under exception",
  unknown: "Not assessed",
};

export const ASSESSED_WORDS: Readonly<Record<NonNullable<ListFindingsQuery["assessed"]>[number], string>> = {
  now: "In this snapshot",
  last: "As last assessed",
  not: "Not assessed",
};

export const SCOPE_WORDS: Readonly<Record<FindingRow["scope"], string>> = { workload: "Workloads", platform: "Platform" };
