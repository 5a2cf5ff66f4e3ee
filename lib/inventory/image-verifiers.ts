import { askedEnginesView, type IsAsked, silenceOf } from "./asked-engines";
import { constraintChooses, constraintMeansPods, constraintSeesNamespace, whyConstraintOnlyReports } from "./gatekeeper-constraint";
import { COVERED, FOR_SOME, type ImageVerifier, OPEN, toCover } from "./image-verifier";
import type { KubeObject } from "./kube-object";
import { isOfImages } from "./kyverno-cel";
import { kyvernoExemptionsView } from "./kyverno-exceptions";
import { fromImageValidatingPolicy, fromKyvernoPolicy } from "./kyverno-verifiers";
import { isCalled, listWebhooks, seesNamespace, seesNewPods } from "./security-webhook";
import { fromSigstore } from "./sigstore-verifiers";
import { defineView } from "./view";

/** Constraints of the template that comes with Ratify: no other word ends like this with a capital. */
const OF_RATIFY = /Ratify/;

function fromRatify(object: KubeObject, isAsked: IsAsked): ImageVerifier[] {
  if (!OF_RATIFY.test(object.ref.kind) || object.ref.kind === "ConstraintTemplate") return [];
  const whole = constraintChooses(object) ? FOR_SOME : COVERED;
  return [
    {
      object,
      path: "spec.enforcementAction",
      laxBecause: whyConstraintOnlyReports(object) ?? silenceOf("Gatekeeper", isAsked),
      coverOf: (namespace) => (constraintMeansPods(object) && constraintSeesNamespace(object, namespace) ? whole : OPEN),
    },
  ];
}

const WEBHOOKS_ALONE: ReadonlySet<string | null> = new Set(["Connaisseur", "Portieris"]);

/** Verifiers that are a webhook and nothing else: what they accept is in their own configuration. */
function fromWebhook(object: KubeObject): ImageVerifier[] {
  return listWebhooks(object).flatMap((hook): ImageVerifier[] => {
    if (!WEBHOOKS_ALONE.has(hook.engine) || !isCalled(hook)) return [];
    return [
      {
        object,
        path: `webhooks[${hook.index}]`,
        laxBecause: hook.failsOpen ? "its webhook fails open" : null,
        coverOf: (namespace) => toCover(seesNewPods(hook) && seesNamespace(hook, namespace)),
      },
    ];
  });
}

/** An engine judges nothing in a namespace that its webhooks leave out. */
function whereAsked(engine: string, isAsked: IsAsked, verifiers: readonly ImageVerifier[]): ImageVerifier[] {
  return verifiers.map((verifier) => ({
    ...verifier,
    coverOf: (namespace, image) =>
      isAsked(engine, namespace) ? verifier.coverOf(namespace, image) : { covers: false, because: `the webhooks of ${engine} leave the namespace out` },
  }));
}

/** Everything that verifies image signatures at admission: Kyverno, Sigstore policy-controller, Ratify, Connaisseur, Portieris. */
export const imageVerifiersView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads", "configMaps"],
  compute: (context): readonly ImageVerifier[] => {
    const { slices } = context;
    const isAsked = context.view(askedEnginesView);
    const silence = silenceOf("Kyverno", isAsked);
    const findExemption = context.view(kyvernoExemptionsView);
    const fromPolicies = slices.policyEngineObjects.flatMap((object) => {
      const { kind } = object.ref;
      if (isOfImages(object)) return whereAsked("Kyverno", isAsked, fromImageValidatingPolicy(object, silence, findExemption));
      if (kind === "ClusterPolicy" || kind === "Policy") return whereAsked("Kyverno", isAsked, fromKyvernoPolicy(object, silence, findExemption));
      return whereAsked("Gatekeeper", isAsked, fromRatify(object, isAsked));
    });
    const ofSigstore = fromSigstore(
      slices.policyEngineObjects.filter(({ ref }) => ref.kind === "ClusterImagePolicy"),
      slices.webhooks,
      context.isRead("configMaps") ? slices.configMaps : null,
    );
    return [...fromPolicies, ...ofSigstore, ...slices.webhooks.flatMap(fromWebhook)];
  },
});
