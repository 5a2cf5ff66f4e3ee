import { platformView } from "../../inventory/cloud-provider";
import { controlPlaneView } from "../../inventory/control-plane";
import { type ImageVerifier, imageVerifiersView, type PolicyNamespace } from "../../inventory/image-verifiers";
import type { Workload } from "../../inventory/workload";
import { defineWorkloadFact } from "../../inventory/workload-fact";
import { text } from "../../model/json";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";

/** By namespace, the images of its own workloads that still run, each with the first workload that names it. */
const imagesByNamespaceView = defineWorkloadFact({
  start: () => new Map<string, Map<string, Workload>>(),
  add: (byNamespace, workload, pods) => {
    if (workload.scope !== "workload" || workload.isFinished) return;
    const namespace = workload.ref.namespace ?? "default";
    const images = byNamespace.get(namespace) ?? new Map<string, Workload>();
    byNamespace.set(namespace, images);
    for (const image of pods.flatMap((pod) => pod.containers.flatMap((container) => text(container.spec.image) ?? []))) {
      if (!images.has(image)) images.set(image, workload);
    }
  },
});

function toNotes(verifiers: readonly ImageVerifier[]): Weakness[] {
  return verifiers.map((verifier) => {
    const message = verifier.laxBecause === null ? "Verifies images and refuses what fails." : `Verifies images, but ${verifier.laxBecause}.`;
    return weakness(verifier.path, undefined, message, { object: verifier.object.ref });
  });
}

export default defineControl({
  id: "image-provenance-unverified",
  layer: "container",
  severity: "medium",
  title: "Only images with a verified signature run",
  failure: "admits images whose origin nobody has verified",
  why: "A registry account, a tag or a build can be taken over. Unless admission checks who signed an image, the cluster runs whatever answers to the name.",
  fix: "Sign images in the build, then verify the signature at admission with Kyverno, Sigstore policy-controller, Ratify or Connaisseur: first in audit mode, then enforcing.",
  verify: "kubectl get crd | grep -E 'kyverno.io|sigstore.dev|ratify'; kubectl get clusterpolicies -o yaml | grep -A3 verifyImages",
  tips: ["S5"],
  frameworks: { cis: ["5.5.1"], nsa: ["BI"], mitre: ["T1525", "T1195.002"], mstm: ["MS-TA9002"], owasp: ["K04"] },
  references: [
    "https://kyverno.io/docs/policy-types/cluster-policy/verify-images/",
    "https://docs.sigstore.dev/policy-controller/overview/",
    "https://slsa.dev",
  ],
  aliases: ["image-signature-enforced"],
  subject: "cluster",
  reads: ["policyEngineObjects", "webhooks", "namespaces", "workloads", "nodes"],
  wholeCluster: "always",
  check: (_cluster, context) => {
    if (!context.slices.workloads.some((workload) => workload.scope === "workload" && !workload.isFinished)) return notApplicable("No workload runs here.");
    const server = context
      .view(controlPlaneView)
      .of("kube-apiserver")
      .find((instance) => instance.flags.listOf("enable-admission-plugins").includes("ImagePolicyWebhook"));
    if (server) {
      const path = server.flags.get("enable-admission-plugins")?.path ?? server.flags.argumentsPath;
      return {
        state: "pass",
        notes: [
          weakness(
            path,
            "ImagePolicyWebhook",
            "The API server asks a webhook about every image; whether it lets images through when the webhook is away is in a file.",
            { object: server.workload.ref },
          ),
        ],
      };
    }
    const verifiers = context.view(imageVerifiersView);
    if (verifiers.length === 0 && context.view(platformView).distribution === "gke") {
      return unknown("No verifier runs in the cluster. GKE may enforce Binary Authorization, which only the provider's description of the cluster shows.");
    }
    const enforcing = verifiers.filter((verifier) => verifier.laxBecause === null);
    if (enforcing.length === 0) return [weakness("", undefined, "Nothing in the cluster verifies images and refuses what fails."), ...toNotes(verifiers)];
    const labels = new Map(context.slices.namespaces.map((item) => [item.ref.name, item]));
    const open = [...context.view(imagesByNamespaceView)].flatMap(([name, images]): Weakness[] => {
      const object = labels.get(name);
      const namespace: PolicyNamespace = { name, labels: { "kubernetes.io/metadata.name": name, ...object?.labels } };
      const missed = [...images].find(([image]) => !enforcing.some((verifier) => verifier.covers(namespace, image)))?.[1];
      return missed
        ? [weakness("", undefined, `In namespace ${name} no enforcing policy covers the images of ${missed.ref.name}.`, object ? { object: object.ref } : {})]
        : [];
    });
    return open.length > 0 ? open : { state: "pass", notes: toNotes(enforcing) };
  },
  remedy: null,
});
