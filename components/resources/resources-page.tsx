import type { ReactNode } from "react";
import type { ListResourcesResponse } from "@/lib/contracts/resources";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { elsewhereSentence, resourcesTitle, staleSentence } from "@/lib/format/object-titles";
import { FacetGroup } from "../filters/facet-group";
import { PageHead } from "../primitives/page-head";
import { KIND_PARTS, Parted } from "../primitives/parted";
import { PageFoot } from "../shell/page-foot";
import { ResourceFacets } from "./resource-facets";
import { ResourceTable } from "./resource-table";
import { ResourceTabs } from "./resource-tabs";

/** The objects of a cluster with their open findings. */
export function ResourcesPage({ answer, base }: { readonly answer: ListResourcesResponse; readonly base: string }): ReactNode {
  const { rows, facets, moment, matching, total, stale, openElsewhere } = answer;
  const namespaces = facets.namespace.filter((entry) => entry.value !== "-").length;
  return (
    <>
      <PageHead
        answer={resourcesTitle(answer)}
        sub={
          <>
            {staleSentence(stale)}
            {matching === total && total > 0 ? `${formatNoun(facets.kind.length, "kind")} in ${formatNoun(namespaces, "namespace")}. ` : null}
            {matching === 0 ? null : (
              <span className="only-desk">
                Each row counts the open findings on the object itself, worst first; pods and other objects that a workload made are listed under it.
              </span>
            )}
            {matching === total ? elsewhereSentence(openElsewhere) : null}
          </>
        }
      />
      <ResourceTabs />
      <div className="with-facets">
        <ResourceFacets>
          <FacetGroup title="Findings" name="failing" options={[{ value: "true", label: "With open findings", count: null }]} />
          <FacetGroup
            title="Kind"
            name="kind"
            options={facets.kind.map(({ value, count }) => ({ value, label: <Parted text={value} at={KIND_PARTS} />, count }))}
          />
          <FacetGroup
            title="Namespace"
            name="namespace"
            options={facets.namespace.map(({ value, count }) => ({
              value,
              label: value === "-" ? "Cluster-wide" : <span className="mono">{value}</span>,
              count,
            }))}
          />
        </ResourceFacets>
        <ResourceTable answer={answer} base={base} />
      </div>
      <PageFoot
        parts={[
          ...(rows.length < matching ? [`${formatCount(rows.length)} on this page`] : []),
          `${formatCount(matching)} of ${formatNoun(total, "resource")}`,
          ...(moment.at ? [moment.at] : []),
        ]}
      />
    </>
  );
}
