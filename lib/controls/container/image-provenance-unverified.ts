import { platformView } from "../../inventory/cloud/cloud-provider";
import type { ImageCover, ImageVerifier } from "../../inventory/admission/image-verifier";
import { imageVerifiersView } from "../../inventory/admission/image-verifiers";
import { type PolicyNamespace, toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import type { Workload } from "../../inventory/workloads/workload";
import { defineWorkloadFact } from "../../inventory/workloads/workload-fact";
import { readPath } from "../../model/field-path";
import { text } from "../../model/json";
import { joinWords } from "../../model/join-words";
import { EXCEPTIONS_COMMAND } from "../exceptions-command";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";
import { imageWebhookAnswer } from "../image-webhook-answer";

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

/** Kyverno has four programs. */
const MAX_OWN = 4;

function toNote(verifier: ImageVerifier): Weakness {
  const does = verifier.isFallback ? "Refuses images that no policy names" : "Verifies images and refuses what fails";
  const added = verifier.missesAdded ? " Containers that are added to a running pod are not seen." : "";
  const message = verifier.laxBecause === null ? `${does}.${added}` : `Verifies images, but ${verifier.laxBecause}.`;
  return weakness(verifier.path, readPath(verifier.object.body, verifier.path), message, { object: verifier.object.ref });
}

/** What stands between an image and a namespace; `because` is a sentence about it that still lacks its full stop. */
interface Answer extends ImageCover {
  readonly image: string;
  readonly workload: Workload;
}

/** The best that verifiers give an image: covered, or perhaps, or not, each with the reason of one that had it in sight. */
function answerOf(verifiers: readonly ImageVerifier[], namespace: PolicyNamespace, image: string): ImageCover {
  let doubt: string | null = null;
  let hole: string | null = null;
  let own: ImageCover | null = null;
  for (const { object, laxBecause, coverOf } of verifiers) {
    const { covers, because, isOwn } = coverOf(namespace, image);
    const name = `${object.ref.kind} ${object.ref.name}`;
    if (covers && laxBecause === null) return { covers: true, because: null };
    if (isOwn && laxBecause === null) own = { covers, because: `${name}: ${because}`, isOwn };
    if (covers) hole ??= `${name} would, but ${laxBecause}`;
    else if (covers === null && laxBecause === null) doubt ??= `${name}: ${because}`;
    else if (because !== null) hole ??= `${name}: ${because}`;
  }
  if (own) return own;
  return doubt === null ? { covers: false, because: hole } : { covers: null, because: doubt };
}

export default defineControl({
  id: "image-provenance-unverified",
  layer: "container",
  severity: "medium",
  title: "Only images with a verified signature run",
  failure: "admits images whose origin nobody has verified",
  why: "A registry account, a tag or a build can be taken over. Unless admission checks who signed an image, the cluster runs whatever is found under its name.",
  action: "Verify image signatures at admission",
  fix: "Sign images in the build, then verify the signature at admission with Kyverno, Sigstore policy-controller, Ratify or Connaisseur, on CREATE and UPDATE of pods: first in audit mode, then enforcing.",
  verify: `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o custom-columns='WEBHOOKS:.metadata.name,FAILURE:.webhooks[*].failurePolicy'; kubectl get clusterpolicies.kyverno.io,policies.kyverno.io -A -o json | jq -r '.items[] | ([.metadata | .namespace // empty, .name] | join("/")) as $n | .spec.validationFailureAction as $all | .spec.rules[]? | .verifyImages[]? | [$n, (.failureAction // $all), "attestors=\\([.attestors[]?, .attestations[]?.attestors[]?, (.key // .issuer // empty)] | length)", (.imageReferences // [] | join(","))] | @tsv'; kubectl get imagevalidatingpolicies.policies.kyverno.io -o custom-columns='POLICY:.metadata.name,ACTIONS:.spec.validationActions'; kubectl get namespacedimagevalidatingpolicies.policies.kyverno.io -A -o custom-columns='NAMESPACE:.metadata.namespace,POLICY:.metadata.name,ACTIONS:.spec.validationActions'; kubectl get clusterimagepolicies.policy.sigstore.dev -o custom-columns='POLICY:.metadata.name,MODE:.spec.mode'; ${EXCEPTIONS_COMMAND}`,
  lookFor:
    "No webhook of a verifier (Kyverno, policy-controller, Ratify, Connaisseur), one whose FAILURE is Ignore, or no policy of it that refuses (Enforce, Deny, any MODE but warn) for all images, or one with `attestors=0`, which asks for nobody's signature, or exceptions. An error about a resource type: this kind of policy is not installed.",
  tips: ["S5"],
  frameworks: { cis: ["5.5.1"], nsa: ["BI"], mitre: ["T1525", "T1195.002", "T1204.003"], mstm: ["MS-TA9002"], owasp: ["K04"] },
  references: [
    "https://kyverno.io/docs/policy-types/cluster-policy/verify-images/",
    "https://docs.sigstore.dev/policy-controller/overview/",
    "https://slsa.dev",
  ],
  aliases: ["image-signature-enforced"],
  subject: "cluster",
  reads: ["policyEngineObjects", "webhooks", "namespaces", "workloads", "nodes"],
  extraReads: ["configMaps", "services", "endpointSlices", "companions"],
  wholeCluster: "always",
  check: (_cluster, context) => {
    const running = context.slices.workloads.filter((workload) => !workload.isFinished);
    if (!running.some((workload) => workload.scope === "workload"))
      return notApplicable(running.length === 0 ? "No workload runs here." : "No workload runs here outside of the platform.");
    const asked = imageWebhookAnswer(context, " Whether it lets them through when the webhook is away is in a file.");
    if (asked) return asked;
    const verifiers = context.view(imageVerifiersView);
    if (verifiers.length === 0 && context.view(platformView).distribution === "gke") {
      return unknown("No verifier runs in the cluster. GKE may enforce Binary Authorization, which only the provider's description of the cluster shows.");
    }
    const enforcing = verifiers.filter((verifier) => verifier.laxBecause === null);
    if (enforcing.length === 0) return [weakness("", undefined, "Nothing in the cluster verifies images and refuses what fails."), ...verifiers.map(toNote)];
    const labels = new Map(context.slices.namespaces.map((item) => [item.ref.name, item]));
    const ownNotes: Weakness[] = [];
    const doubts: string[] = [];
    const open = [...context.view(imagesByNamespaceView)].flatMap(([name, images]): Weakness[] => {
      const object = labels.get(name);
      const namespace = toPolicyNamespace(name, object?.labels);
      const of = object ? { object: object.ref } : {};
      const answers = [...images].map(([image, workload]): Answer => ({ image, workload, ...answerOf(verifiers, namespace, image) }));
      const own = answers.filter(({ isOwn }) => isOwn);
      if (own[0]) {
        const programs = joinWords(own.map(({ image }) => image).toSorted(), MAX_OWN);
        ownNotes.push(weakness("", undefined, `In namespace ${name} nobody verifies the verifier itself: ${programs}. ${own[0].because}.`, of));
      }
      const doubt = answers.find(({ covers }) => covers === null);
      if (doubt) doubts.push(`In namespace ${name} it is unknown whether the images of ${doubt.workload.ref.name} are verified. ${doubt.because}.`);
      const missed = answers.find(({ covers, isOwn }) => covers === false && !isOwn);
      if (!missed) return [];
      const message = `In namespace ${name} no enforcing policy covers the images of ${missed.workload.ref.name}.${missed.because === null ? "" : ` ${missed.because}.`}`;
      return [weakness("", undefined, message, of)];
    });
    if (open.length > 0) return [...open, ...verifiers.filter(({ laxBecause }) => laxBecause !== null).map(toNote)];
    const [doubt] = doubts;
    return doubt === undefined ? { state: "pass", notes: [...enforcing.map(toNote), ...ownNotes] } : unknown(doubt);
  },
  remedy: null,
});
