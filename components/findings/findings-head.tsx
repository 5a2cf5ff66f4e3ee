"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { FindingColumn, FindingsSearch } from "@/lib/client/findings-search";
import { withParam } from "../filters/list-param";
import { useFilter } from "../filters/use-filter";
import { Checkbox } from "../primitives/checkbox";
import { ageLabel, COLUMN_WORDS } from "./column-words";

interface FindingsHeadProps {
  readonly columns: readonly FindingColumn[];
  readonly search: FindingsSearch;
  readonly isAllSelected: boolean;
  readonly onSelectAll: () => void;
}

function Head({ column, search }: { readonly column: FindingColumn; readonly search: FindingsSearch }): ReactNode {
  const pathname = usePathname();
  const filter = useFilter();
  const { sort, natural, isNumeric } = COLUMN_WORDS[column];
  const label = column === "age" ? ageLabel(search) : COLUMN_WORDS[column].label;
  const isSorted = sort !== undefined && search.view === null && (search.sort ?? "severity") === sort;
  const order = search.order ?? natural ?? "desc";
  const next = isSorted ? (order === "desc" ? "asc" : "desc") : (natural ?? "desc");
  const toQuery = (query: string): string => withParam(withParam(query, "sort", sort ?? ""), "order", next === natural ? "" : next);
  const words = column === "layer" ? <span className="sr">{label}</span> : label;
  return (
    <th
      scope="col"
      className={`f-${column}${isNumeric === true ? " num" : ""}`}
      aria-sort={isSorted ? (order === "asc" ? "ascending" : "descending") : undefined}
    >
      {sort === undefined || search.view !== null ? (
        words
      ) : (
        <a
          href={pathname + toQuery(filter.search)}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            filter.change(toQuery);
          }}
        >
          {words}
          {isSorted ? <span aria-hidden="true"> {order === "asc" ? "↑" : "↓"}</span> : null}
        </a>
      )}
    </th>
  );
}

export function FindingsHead({ columns, search, isAllSelected, onSelectAll }: FindingsHeadProps): ReactNode {
  const before = columns.filter((column) => column === "severity" || column === "layer");
  const after = columns.filter((column) => column !== "severity" && column !== "layer");
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="pick">
          <Checkbox aria-label="Select all that are loaded" checked={isAllSelected} onChange={onSelectAll} />
        </th>
        {before.map((column) => (
          <Head key={column} column={column} search={search} />
        ))}
        <th scope="col" className="f-what">
          Control and evidence
        </th>
        {after.map((column) => (
          <Head key={column} column={column} search={search} />
        ))}
      </tr>
    </thead>
  );
}
