import { type Platform, platformName, platformView } from "../../inventory/cloud/cloud-provider";
import { outsideCloud } from "../../inventory/cloud/outside-cloud";
import { defineControl, type Weakness, weakness } from "../define";

function toNotes(platform: Platform): Weakness[] {
  return platform.evidence.slice(0, 20).map((fact) => weakness(fact.path, fact.value, fact.message, fact.node ? { object: fact.node.ref } : {}));
}

export default defineControl({
  id: "cloud-provider-identified",
  layer: "cloud",
  severity: "info",
  title: "The provider of the cluster is known",
  failure: "runs at a provider that could not be identified",
  why: "Which controls apply depends on the provider: on a managed service it runs the control plane, elsewhere you do. While the provider is unknown, no control about the cloud can pass.",
  action: "Make the cluster's provider visible to the scan",
  fix: "Allow the scan to list nodes, or run the provider's cloud controller manager, which sets `spec.providerID` of each node.",
  verify: "kubectl get nodes -o custom-columns='NAME:.metadata.name,PROVIDER:.spec.providerID'; kubectl version",
  lookFor: "`<none>` under PROVIDER, and a `Server Version` that names no provider (`-eks-`, `-gke.`).",
  tips: ["S1"],
  frameworks: { nsa: ["CL"] },
  references: ["https://kubernetes.io/docs/concepts/architecture/cloud-controller/"],
  subject: "cluster",
  reads: ["nodes"],
  check: (_cluster, context) => {
    const platform = context.view(platformView);
    const notes = toNotes(platform);
    const outside = outsideCloud(platform);
    if (outside) return { ...outside, notes };
    const { provider, distribution } = platform;
    const name = distribution ? platformName(distribution) : provider ? platformName(provider) : "";
    return { state: "pass", notes: [weakness("", name, `The cluster runs in ${name}.`), ...notes] };
  },
  remedy: null,
});
