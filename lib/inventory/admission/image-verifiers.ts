import { askedInView, engineDoubtView, engineSilenceView, type FindSilence, type IsAskedIn, missedByEnginesView, sayUnreadAsking } from "./asked-engines";
import { constraintChooses, constraintMeansPods, constraintSeesNamespace, whyConstraintOnlyReports } from "./gatekeeper-constraint";
import { type IsOwnImage, ownImagesView } from "./engine-controllers";
import { COVERED, FOR_SOME, type ImageCover, type ImageVerifier, NEW_ALONE, OPEN, toWebhookCover, whereChanges } from "./image-verifier";
import type { KubeObject } from "../kube-object";
import { isOfImages } from "./kyverno-cel";
import { asStartedView } from "./kyverno-flags";
import { kyvernoExemptionsView } from "./kyverno-exceptions";
import { fromImageValidatingPolicy, fromKyvernoPolicy } from "./kyverno-verifiers";
import { anyHolds } from "./match-condition";
import type { PolicyNamespace } from "./policy-namespace";
import { isCalled, listWebhooks, seesChangesIn, seesChangesOf, seesNewPods } from "./security-webhook";
import { fromSigstore, SIGSTORE } from "./sigstore-verifiers";
import { READ_FOR_HEARING, type WhyUnheard, whyUnheardView } from "./unheard-webhooks";
import { defineView } from "../view";

/** Constraints of the template that comes with Ratify: no other word ends like this with a capital. */
const OF_RATIFY = /Ratify/;

function fromRatify(object: KubeObject, findSilence: FindSilence): ImageVerifier[] {
  if (!OF_RATIFY.test(object.ref.kind) || object.ref.kind === "ConstraintTemplate") return [];
  const whole = constraintChooses(object) ? FOR_SOME : COVERED;
  return [
    {
      object,
      path: "spec.enforcementAction",
      laxBecause: whyConstraintOnlyReports(object) ?? findSilence("Gatekeeper"),
      coverOf: (namespace) => (constraintMeansPods(object) && constraintSeesNamespace(object, namespace) ? whole : OPEN),
    },
  ];
}

const WEBHOOKS_ALONE: ReadonlySet<string | null> = new Set(["Connaisseur", "Portieris"]);

/** Verifiers that are a webhook and nothing else: what they accept is in their own configuration. */
function fromWebhook(object: KubeObject, whyUnheard: WhyUnheard): ImageVerifier[] {
  const hooks = listWebhooks(object);
  const heard = hooks.filter((hook) => whyUnheard(hook) === null);
  const seesChanges = heard.some((hook) => seesChangesOf(hook, "pods"));
  const areSeenIn = (namespace: PolicyNamespace) => anyHolds((heard.length > 0 ? heard : hooks).map((hook) => seesChangesIn(hook, "pods", namespace)));
  return hooks.flatMap((hook): ImageVerifier[] => {
    if (!WEBHOOKS_ALONE.has(hook.engine) || !isCalled(hook)) return [];
    return [
      {
        object,
        path: `webhooks[${hook.index}]`,
        missesAdded: !heard.some((other) => seesChangesOf(other, "pods/ephemeralcontainers")),
        laxBecause: hook.failsOpen ? "its webhook fails open" : (whyUnheard(hook) ?? (seesNewPods(hook) && !seesChanges ? NEW_ALONE : null)),
        coverOf: (namespace, image) => whereChanges(toWebhookCover(hook, namespace, image), areSeenIn(namespace)),
      },
    ];
  });
}

/** An engine judges nothing in a namespace that it is not asked about, or leaves out itself. */
function whereAsked(engine: string, isAskedIn: IsAskedIn, isOwnImage: IsOwnImage, verifiers: readonly ImageVerifier[]): ImageVerifier[] {
  const answerOf = (verifier: ImageVerifier, namespace: PolicyNamespace, image: string): ImageCover => {
    const cover = verifier.coverOf(namespace, image);
    const isAsked = cover.covers === false ? true : isAskedIn(engine, namespace, "images");
    if (isAsked === true) return cover;
    if (isAsked !== false) return { covers: null, because: isAsked };
    const because = `${engine} leaves the namespace out`;
    return { covers: false, because, ...(isOwnImage(engine, namespace.name, image) && { isOwn: true as const }) };
  };
  return verifiers.map((verifier) => ({ ...verifier, coverOf: (namespace, image) => answerOf(verifier, namespace, image) }));
}

/** Verifiers of an engine that is not asked about changes keep no image out. */
function unlessMissed(isMissed: boolean, verifiers: readonly ImageVerifier[]): readonly ImageVerifier[] {
  return isMissed ? verifiers.map((verifier) => ({ ...verifier, laxBecause: verifier.laxBecause ?? NEW_ALONE })) : verifiers;
}

/** Everything that verifies image signatures at admission: Kyverno, Sigstore policy-controller, Ratify, Connaisseur, Portieris. */
export const imageVerifiersView = defineView({
  reads: [...READ_FOR_HEARING, "policyEngineObjects", "configMaps"],
  compute: (context): readonly ImageVerifier[] => {
    const { slices } = context;
    const isWhole = context.isRead("webhooks");
    const findSilence: FindSilence = isWhole ? context.view(engineSilenceView) : () => null;
    const findDoubt: FindSilence = isWhole ? context.view(engineDoubtView) : sayUnreadAsking;
    const isAskedIn = context.view(askedInView);
    const silence = findSilence("Kyverno");
    const whyUnheard = context.view(whyUnheardView);
    const findExemption = context.view(kyvernoExemptionsView);
    const isOwnImage = context.view(ownImagesView);
    const asStarted = context.view(asStartedView);
    const missedBy = context.view(missedByEnginesView);
    const told = (engine: string, verifiers: readonly ImageVerifier[]) => {
      const { changes, added } = missedBy(engine);
      return unlessMissed(changes, verifiers).map((verifier) => ({ ...verifier, untoldBecause: findDoubt(engine), missesAdded: added }));
    };
    /** An engine may be asked about changes in some namespaces alone. */
    const whereChanged = (engine: string, verifiers: readonly ImageVerifier[]): readonly ImageVerifier[] => {
      const { seesIn } = missedBy(engine);
      return verifiers.map((verifier) => ({
        ...verifier,
        coverOf: (namespace, image) => whereChanges(verifier.coverOf(namespace, image), seesIn("pods", namespace)),
      }));
    };
    const where = (engine: string, verifiers: readonly ImageVerifier[]) =>
      whereChanged(engine, whereAsked(engine, isAskedIn, isOwnImage, told(engine, verifiers)));
    const fromPolicies = slices.policyEngineObjects.flatMap((written) => {
      const { kind } = written.ref;
      const object = asStarted(written);
      if (isOfImages(object)) return where("Kyverno", fromImageValidatingPolicy(object, silence, findExemption));
      if (kind === "ClusterPolicy" || kind === "Policy") return where("Kyverno", fromKyvernoPolicy(object, silence, findExemption));
      return where("Gatekeeper", fromRatify(written, findSilence));
    });
    const ofSigstore = fromSigstore(
      slices.policyEngineObjects.filter(({ ref }) => ref.kind === "ClusterImagePolicy"),
      isWhole ? slices.webhooks : null,
      whyUnheard,
      context.isRead("configMaps") ? slices.configMaps : null,
    );
    return [...fromPolicies, ...whereChanged(SIGSTORE, told(SIGSTORE, ofSigstore)), ...slices.webhooks.flatMap((object) => fromWebhook(object, whyUnheard))];
  },
});
