import "server-only";
import { isRecord, type JsonRecord } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };
const ARGO = "argoproj.io";

/** What they were told; how it went is written anew every few minutes, and nobody asks. */
function withoutOutcome({ apiVersion, kind, metadata, spec }: JsonRecord): JsonRecord {
  return { apiVersion, kind, ...(isRecord(metadata) && { metadata }), ...(isRecord(spec) && { spec }) };
}

/** What tools make other objects of, with the values that are written into them. */
export const releasesCollector = defineCollector({
  id: "releases",
  kinds: [
    ...kindsOf("helm.toolkit.fluxcd.io", ["v2", "v2beta2", "v2beta1"], [["helmreleases", "HelmRelease"]], optional),
    ...kindsOf("helm.cattle.io", ["v1"], [["helmchartconfigs", "HelmChartConfig"]], optional),
    ...kindsOf(ARGO, ["v1alpha1"], [["applicationsets", "ApplicationSet"]], optional),
    { group: ARGO, versions: ["v1alpha1"], resource: "applications", kind: "Application", sliceKind: "ArgoApplication", optional: true },
    {
      group: "kustomize.toolkit.fluxcd.io",
      versions: ["v1", "v1beta2"],
      resource: "kustomizations",
      kind: "Kustomization",
      sliceKind: "FluxKustomization",
      optional: true,
    },
  ],
  project: withoutOutcome,
});
