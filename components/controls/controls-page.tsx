import type { ReactNode } from "react";
import type { ListControlsResponse } from "@/lib/contracts/controls";
import { formatNoun } from "@/lib/format/numbers";
import { controlsTitle, rollUpSentence } from "@/lib/format/object-titles";
import { LAYER_WORDS, type SEVERITY_WORDS, topicWord } from "@/lib/format/words";
import { LAYERS } from "@/lib/model/layer";
import { SEVERITIES } from "@/lib/model/severity";
import { FacetGroup } from "../filters/facet-group";
import { FacetPanel } from "../filters/facet-panel";
import { FilterBar } from "../filters/filter-bar";
import { TunedLink } from "../posture/tuned-link";
import { LayerTag } from "../primitives/layer-tag";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { SeverityTag } from "../primitives/severity-tag";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { CatalogueLayer } from "./catalogue-layer";
import { countFacet, filterControls, parseCatalogueFilter, resultOf } from "./filter-controls";

const NO_FILTER = parseCatalogueFilter({});
const RESULTS = {
  fails: "Fails here",
  passes: "Passes",
  "not-assessed": "Not assessed",
  "source-off": "Its source is off",
  "no-subject": "Not applicable",
  off: "Off",
} as const;
const CHANGES = { off: "Off", reweighted: "Re-weighted", own: "Own" } as const;

interface ControlsPageProps {
  readonly answer: ListControlsResponse;
  readonly base: string;
  readonly search: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The title of the page. */
export function controlsAnswer({ controls, moment }: ListControlsResponse): string {
  if (!moment?.at) return formatNoun(controls.length, "control");
  const count = (result: keyof typeof RESULTS): number => controls.filter((row) => resultOf(row) === result).length;
  return controlsTitle({ all: controls.length - count("off"), failing: count("fails"), notAssessed: count("not-assessed"), sourceOff: count("source-off") });
}

/** The catalogue, layer by layer, with what each control came to in this cluster. */
export function ControlsPage({ answer, base, search }: ControlsPageProps): ReactNode {
  const { controls, moment, catalogueVersion } = answer;
  const filter = parseCatalogueFilter(search);
  const shown = filterControls(controls, filter);
  const options = (facet: Parameters<typeof countFacet>[2], label: (value: string) => ReactNode, order?: readonly string[]) => {
    const counts = countFacet(controls, filter, facet);
    return [...(order ?? counts.keys())].flatMap((value) => (counts.has(value) ? [{ value, label: label(value), count: counts.get(value) ?? 0 }] : []));
  };
  const active = filter.layer.length + filter.severity.length + filter.framework.length + filter.tip.length + filter.result.length + filter.tuning.length;
  const changed = (kind: keyof typeof CHANGES): number => countFacet(controls, NO_FILTER, "tuning").get(kind) ?? 0;
  return (
    <>
      <PageHead
        answer={controlsAnswer(answer)}
        sub={
          <>
            <span className="only-desk">
              Each control states the good state. Its page says why it matters, how to check it with kubectl and how to fix it.{" "}
            </span>
            {moment?.at ? "Counts and points, before the cap, cover workloads; the platform is scored separately. " : null}
            {rollUpSentence(controls.filter((row) => row.isRollUp && resultOf(row) === "fails").length)}
            <TunedLink tuned={{ off: changed("off"), reweighted: changed("reweighted"), own: changed("own") }} base={base} />
          </>
        }
      />
      <div className="with-facets">
        <FacetPanel active={active}>
          <FacetGroup title="Result here" name="result" options={options("result", (value) => RESULTS[value as keyof typeof RESULTS], Object.keys(RESULTS))} />
          <FacetGroup title="Changed here" name="tuning" options={options("tuning", (value) => CHANGES[value as keyof typeof CHANGES], Object.keys(CHANGES))} />
          <FacetGroup
            title="Layer"
            name="layer"
            options={options("layer", (value) => LAYER_WORDS[value as keyof typeof LAYER_WORDS], LAYERS).map((option) => ({
              ...option,
              label: <LayerTag layer={option.value as keyof typeof LAYER_WORDS} />,
            }))}
          />
          <FacetGroup
            title="Severity"
            name="severity"
            options={options("severity", (value) => <SeverityTag severity={value as keyof typeof SEVERITY_WORDS} />, SEVERITIES)}
          />
          <FacetGroup title="Framework" name="framework" options={options("framework", (value) => value)} />
          <FacetGroup title="Topic" name="tip" shown={6} options={options("tip", topicWord)} />
        </FacetPanel>
        <div>
          <div className="filter-row">
            <FilterBar chips={[]} placeholder="Search controls" found={formatNoun(shown.length, "control")} />
          </div>
          {shown.length === 0 ? (
            <Message
              say="No control matches this view"
              actions={
                <PostureLink className="ctl line" href={`${base}/controls`}>
                  Clear the filter
                </PostureLink>
              }
            />
          ) : (
            LAYERS.map((layer) => (
              <CatalogueLayer key={layer} layer={layer} rows={shown.filter((row) => row.layer === layer)} base={base} isOpen={shown.length < controls.length} />
            ))
          )}
        </div>
      </div>
      <PageFoot parts={[`catalogue ${catalogueVersion}`, ...(moment?.at ? [moment.at, "counts of workload scope"] : [])]} />
    </>
  );
}
