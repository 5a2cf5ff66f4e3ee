import type { FindingColumn, FindingsSearch } from "@/lib/client/findings-search";

interface ColumnWords {
  readonly label: string;
  /** Value of the `sort` parameter. */
  readonly sort?: "severity" | "age" | "object" | "points";
  /** Direction of the first click: worst, oldest and most first, names from A. */
  readonly natural?: "asc" | "desc";
  readonly isNumeric?: boolean;
}

export const COLUMN_WORDS: Readonly<Record<FindingColumn, ColumnWords>> = {
  severity: { label: "Severity", sort: "severity", natural: "desc" },
  layer: { label: "Layer" },
  object: { label: "Object", sort: "object", natural: "asc" },
  points: { label: "Points", sort: "points", natural: "desc", isNumeric: true },
  age: { label: "Open for", sort: "age", natural: "desc", isNumeric: true },
  control: { label: "Control" },
  opened: { label: "Open since" },
};

/** Of how long findings have been what they are: what was not assessed, or waits for somebody to look, is not open. */
export function ageLabel({ state }: Pick<FindingsSearch, "state">): string {
  return state?.length && !state.includes("open") ? "Age" : COLUMN_WORDS.age.label;
}
