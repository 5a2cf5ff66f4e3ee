import "server-only";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";
import { onlyTold } from "./only-told";

const optional = { optional: true };
const CROSSPLANE = [
  ["helm", "releases", "Release", "CrossplaneRelease"],
  ["kubernetes", "objects", "Object", "CrossplaneObject"],
] as const;

/** A chart may lie in the object as a whole, packed. */
function withoutChart(body: JsonRecord): JsonRecord {
  if (body.kind !== "HelmChart" || !isRecord(body.spec)) return body;
  const { chartContent: _, ...spec } = body.spec;
  return { ...body, spec };
}

/** What tools make other objects of, with the values that are written into them. */
export const releasesCollector = defineCollector({
  id: "releases",
  kinds: [
    ...kindsOf("helm.toolkit.fluxcd.io", ["v2", "v2beta2", "v2beta1"], [["helmreleases", "HelmRelease"]], optional),
    ...kindsOf("kustomize.toolkit.fluxcd.io", ["v1", "v1beta2"], [["kustomizations", "Kustomization", "FluxKustomization"]], optional),
    ...kindsOf(
      "helm.cattle.io",
      ["v1"],
      [
        ["helmcharts", "HelmChart"],
        ["helmchartconfigs", "HelmChartConfig"],
      ],
      optional,
    ),
    ...kindsOf(
      "argoproj.io",
      ["v1alpha1"],
      [
        ["applications", "Application", "ArgoApplication"],
        ["applicationsets", "ApplicationSet"],
      ],
      optional,
    ),
    ...CROSSPLANE.flatMap(([name, resource, kind, sliceKind]) =>
      [`${name}.crossplane.io`, `${name}.m.crossplane.io`].flatMap((group) =>
        kindsOf(group, ["v1beta1", "v1alpha2", "v1alpha1"], [[resource, kind, sliceKind]], optional),
      ),
    ),
  ],
  project: (body) => withoutChart(onlyTold(body)),
});
