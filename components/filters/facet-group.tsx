"use client";
import { type ReactNode, useState } from "react";
import { formatCount } from "@/lib/format/numbers";
import { Checkbox } from "../primitives/checkbox";
import { chosenOf } from "./list-param";
import { useFilter } from "./use-filter";

export interface FacetOption {
  readonly value: string;
  readonly label: ReactNode;
  /** What the list would hold with this value alone; null = not counted. */
  readonly count: number | null;
}

interface FacetGroupProps {
  readonly title: string;
  /** Name of the query parameter. */
  readonly name: string;
  readonly options: readonly FacetOption[];
  readonly shown?: number;
  /** What is chosen while the address names nothing. */
  readonly fallback?: readonly string[];
}

/** One facet: checkboxes with counts, the longer tail behind "27 more". */
export function FacetGroup({ title, name, options, shown = 8, fallback }: FacetGroupProps): ReactNode {
  const { search, toggle } = useFilter();
  const [all, setAll] = useState(false);
  const chosen = chosenOf(search, name, fallback);
  const visible = all ? options : options.filter((option, index) => index < shown || chosen.includes(option.value));
  if (options.length === 0) return null;
  return (
    <fieldset className="facet">
      <legend>{title}</legend>
      {visible.map((option) => (
        <label key={option.value}>
          <Checkbox checked={chosen.includes(option.value)} onChange={() => toggle(name, option.value, fallback)} />
          <span>{option.label}</span>
          {option.count === null ? null : <span className="count">{formatCount(option.count)}</span>}
        </label>
      ))}
      {visible.length < options.length ? (
        <button type="button" className="asText link cap" onClick={() => setAll(true)}>
          {options.length - visible.length} more
        </button>
      ) : null}
    </fieldset>
  );
}
