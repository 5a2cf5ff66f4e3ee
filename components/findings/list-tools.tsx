"use client";
import type { ReactNode } from "react";
import { chosenColumns, DEFAULT_COLUMNS, FINDING_COLUMNS, type FindingColumn, loadFindingsSearch } from "@/lib/client/findings-search";
import { formatNoun } from "@/lib/format/numbers";
import { FilterBar } from "../filters/filter-bar";
import { useFilter } from "../filters/use-filter";
import { Checkbox } from "../primitives/checkbox";
import { Popover } from "../primitives/popover";
import { COLUMN_WORDS } from "./column-words";
import { toChips } from "./to-chips";

const VIEWS = [
  ["", "List"],
  ["control", "By control"],
  ["object", "By object"],
] as const;

function ColumnMenu(): ReactNode {
  const { search, set } = useFilter();
  const shown = loadFindingsSearch(new URLSearchParams(search));
  const columns = chosenColumns(shown);
  const choose = (column: FindingColumn): void => {
    const next = FINDING_COLUMNS.filter((one) => (one === column ? !columns.includes(one) : columns.includes(one)));
    set("columns", next.join() === DEFAULT_COLUMNS.join() || next.length === 0 ? "" : next.join(","));
  };
  return (
    <Popover label="Columns and rows" triggerClassName="ctl line only-desk" trigger="Columns" align="end">
      <fieldset className="facet columns">
        <legend>Columns</legend>
        {FINDING_COLUMNS.map((column) => (
          <label key={column}>
            <Checkbox checked={columns.includes(column)} onChange={() => choose(column)} />
            <span>{COLUMN_WORDS[column].label}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="facet columns">
        <legend>Rows</legend>
        <label>
          <Checkbox checked={shown.rows === "one"} onChange={() => set("rows", shown.rows === "one" ? "" : "one")} />
          <span>One line each</span>
        </label>
      </fieldset>
    </Popover>
  );
}

/** Filter, grouping and columns above the list; `matching` is null where nobody could tell. */
export function ListTools({ matching }: { readonly matching: number | null }): ReactNode {
  const { search: query, set } = useFilter();
  const search = loadFindingsSearch(new URLSearchParams(query));
  return (
    <div className="filter-row">
      <FilterBar chips={toChips(search)} placeholder="Search objects, controls and titles" found={matching === null ? "" : formatNoun(matching, "finding")} />
      <div className="seg only-desk" role="group" aria-label="Group by">
        {VIEWS.map(([value, label]) => (
          <button key={value} type="button" aria-pressed={(search.view ?? "") === value} onClick={() => set("view", value)}>
            {label}
          </button>
        ))}
      </div>
      <ColumnMenu />
    </div>
  );
}
