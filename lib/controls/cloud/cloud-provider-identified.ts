import { type Platform, platformName, platformView } from "../../inventory/cloud-provider";
import { outsideCloud } from "../../inventory/outside-cloud";
import { defineControl, type Weakness, weakness } from "../define";

function toNotes(platform: Platform): Weakness[] {
  return platform.evidence.slice(0, 20).map((fact) => weakness(fact.path, fact.value, fact.message, fact.node ? { object: fact.node.ref } : {}));
}

export default defineControl({
  id: "cloud-provider-identified",
  layer: "cloud",
  severity: "info",
  title: "The provider of the cluster is known",
  failure: "runs at a provider that could not be told",
  why: "Who runs the control plane and the machines decides which controls are yours. While that is unknown, every control about a provider stays open.",
  action: "Let the collector see who provides the cluster",
  fix: "Let the collector list nodes, or run the provider's cloud controller, which fills in the provider id of each node.",
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
