"use client";
import type { ReactNode } from "react";
import type { FindingsSearch } from "@/lib/client/findings-search";
import type { ListFindingsResponse } from "@/lib/contracts/findings";
import { LAYERS } from "@/lib/model/layer";
import { SEVERITIES } from "@/lib/model/severity";
import { FacetGroup, type FacetOption } from "../filters/facet-group";
import { LayerTag } from "../primitives/layer-tag";
import { KIND_PARTS, Parted } from "../primitives/parted";
import { SeverityTag } from "../primitives/severity-tag";
import { AGE_WORDS, ASSESSED_WORDS, SCOPE_WORDS, STATE_FACET_WORDS } from "./facet-words";

type Facets = ListFindingsResponse["facets"];
type Values = Facets[keyof Facets];

/** Options in a fixed order with their counts; those of no row are shown with `none`, so that nothing jumps. */
function fixed<V extends string>(values: Values, none: number | null, all: readonly V[], label: (value: V) => ReactNode): FacetOption[] {
  return all.map((value) => ({ value, label: label(value), count: values.find((one) => one.value === value)?.count ?? none }));
}

function byCount(values: Values, label: (value: string) => ReactNode): FacetOption[] {
  return [...values].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).map(({ value, count }) => ({ value, count, label: label(value) }));
}

interface FindingsFacetsProps {
  readonly facets: Facets;
  readonly hasStates: boolean;
  /** What is chosen of when it was assessed. */
  readonly assessed: FindingsSearch["assessed"];
  /** Of how long, see `ageLabel`. */
  readonly age: string;
  /** Off where nothing is known to be open because nothing could be assessed: no zero stands for what nobody could count. */
  readonly isKnown: boolean;
}

/** Each count is what the list would hold with that value, under all other filters. */
export function FindingsFacets({ facets, hasStates, assessed, age, isKnown }: FindingsFacetsProps): ReactNode {
  const none = isKnown ? 0 : null;
  // Where all of it was assessed, or nothing, the states say so already.
  const hasOlder = assessed !== null || facets.assessed.some(({ value }) => value === "last");
  return (
    <>
      <FacetGroup title="Severity" name="severity" options={fixed(facets.severity, none, SEVERITIES, (severity) => <SeverityTag severity={severity} />)} />
      <FacetGroup title="Layer" name="layer" options={fixed(facets.layer, none, LAYERS, (layer) => <LayerTag layer={layer} />)} />
      {hasStates ? (
        <FacetGroup
          title="State"
          name="state"
          fallback={["open"]}
          options={fixed(facets.state, none, ["open", "manual", "unknown"] as const, (state) => STATE_FACET_WORDS[state])}
        />
      ) : null}
      {hasOlder ? (
        <FacetGroup title="Assessed" name="assessed" options={fixed(facets.assessed, none, ["now", "last", "not"] as const, (one) => ASSESSED_WORDS[one])} />
      ) : null}
      <FacetGroup title={age} name="age" options={fixed(facets.age, none, ["0-7", "8-30", "31-90", "91-180", "over-180"] as const, (bin) => AGE_WORDS[bin])} />
      <FacetGroup
        title="Namespace"
        name="namespace"
        shown={5}
        options={byCount(facets.namespace, (value) => (value === "-" ? "Cluster-wide" : <span className="mono">{value}</span>))}
      />
      <FacetGroup title="Kind" name="kind" shown={5} options={byCount(facets.kind, (value) => <Parted text={value} at={KIND_PARTS} />)} />
      <FacetGroup title="Part" name="scope" options={fixed(facets.scope, none, ["workload", "platform"] as const, (scope) => SCOPE_WORDS[scope])} />
    </>
  );
}
