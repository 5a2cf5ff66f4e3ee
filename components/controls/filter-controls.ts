import type { ListControlsResponse } from "@/lib/contracts/controls";
import type { ControlResult } from "@/lib/contracts/page-queries";

export type CatalogueRow = ListControlsResponse["controls"][number];
export type CatalogueFilter = Readonly<Record<"layer" | "severity" | "framework" | "tip" | "result" | "tuning", readonly string[]>> & { readonly q: string };

type Facet = keyof Omit<CatalogueFilter, "q">;

/**
 * What a control came to in this cluster: fails, passes, not-assessed, its source is off, nothing that it applies to, or off itself. With one
 * subject that could not be assessed it does not pass.
 */
export function resultOf(row: CatalogueRow): ControlResult {
  if (row.tuning.disabled !== null) return "off";
  const counts = row.counts;
  if (!counts || (counts.n === 0 && counts.unknown === 0)) return "no-subject";
  if (counts.failing > 0) return "fails";
  if (counts.unknown + counts.stale === 0) return "passes";
  return counts.isSwitchedOff ? "source-off" : "not-assessed";
}

/** What this cluster's people changed of a control. */
function changesOf({ tuning }: CatalogueRow): readonly string[] {
  if (tuning.disabled !== null) return ["off"];
  return [...(tuning.reweighted === null ? [] : ["reweighted"]), ...(tuning.own === null ? [] : ["own"])];
}

const VALUES: Readonly<Record<Facet, (row: CatalogueRow) => readonly string[]>> = {
  layer: (row) => [row.layer],
  severity: (row) => [row.severity],
  framework: (row) => [...new Set(row.frameworks.map((entry) => entry.framework))],
  tip: (row) => row.tips,
  result: (row) => [resultOf(row)],
  tuning: changesOf,
};
const FACETS = ["layer", "severity", "framework", "tip", "result", "tuning"] as const;

function matchesText(row: CatalogueRow, q: string): boolean {
  const words = q
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const text = `${row.id} ${row.aliases.join(" ")} ${row.title} ${row.why}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function keeps(row: CatalogueRow, filter: CatalogueFilter, except: Facet | null): boolean {
  return (
    matchesText(row, filter.q) &&
    FACETS.every((facet) => facet === except || filter[facet].length === 0 || VALUES[facet](row).some((value) => filter[facet].includes(value)))
  );
}

/** Values of a facet are joined by "or", facets by "and". */
export function filterControls(rows: readonly CatalogueRow[], filter: CatalogueFilter): readonly CatalogueRow[] {
  return rows.filter((row) => keeps(row, filter, null));
}

/** For each value of a facet how many controls it would leave, the other facets as chosen. Values come sorted by name. */
export function countFacet(rows: readonly CatalogueRow[], filter: CatalogueFilter, facet: Facet): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) for (const value of VALUES[facet](row)) counts.set(value, (counts.get(value) ?? 0) + (keeps(row, filter, facet) ? 1 : 0));
  return new Map([...counts].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })));
}

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The filter of the page's address. */
export function parseCatalogueFilter(search: Search): CatalogueFilter {
  const list = (name: Facet): readonly string[] =>
    String(search[name] ?? "")
      .split(",")
      .filter((value) => value !== "");
  return {
    layer: list("layer"),
    severity: list("severity"),
    framework: list("framework"),
    tip: list("tip"),
    result: list("result"),
    tuning: list("tuning"),
    q: String(search.q ?? ""),
  };
}
