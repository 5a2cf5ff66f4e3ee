import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { namingImages } from "../images/image-patterns";
import { COVERED, type ImageCover, type ImageVerifier, NEW_ALONE, OPEN, toCover, whereChanges } from "./image-verifier";
import type { KubeObject } from "../kube-object";
import { conditionsHold, failsOpen, guardsChanges, missesChanges } from "./kyverno-conditions";
import { type FindExemption, voidedBy } from "./kyverno-exceptions";
import { expressionsOf } from "./match-condition";
import { guardsPodsInCel, isForNamespace, laxInCel, missesChangesInCel, seesChangesInCel } from "./kyverno-cel";
import { isOverruledIn, OVERRULED, refusesIn, refusesSomewhere } from "./kyverno-actions";
import { guardsPods, sparesMakers } from "./kyverno-match";
import { whyNotReady } from "./kyverno-status";
import { OF_ANYBODY, takesAnybody } from "./takes-anybody";
import type { PolicyNamespace } from "./policy-namespace";

/** Why Kyverno's policies refuse nothing at all; null = they are asked. */
type Silence = string | null;

/** An answer for each namespace, worked out once: many images ask. */
function perNamespace(answerOf: (namespace: PolicyNamespace) => ImageCover): (namespace: PolicyNamespace) => ImageCover {
  const known = new Map<string, ImageCover>();
  return (namespace) => {
    const cover = known.get(namespace.name) ?? answerOf(namespace);
    known.set(namespace.name, cover);
    return cover;
  };
}

/** What is left of a policy in a namespace after its exceptions. */
function afterExceptions(policy: KubeObject, rule: string, place: PolicyNamespace, findExemption: FindExemption): ImageCover {
  const exemption = findExemption({ policy, rules: [{ name: rule, kinds: ["Pod"] }], place });
  if (exemption === null) return COVERED;
  return { covers: voidedBy(exemption) === null ? null : false, because: exemption.because };
}

/** The worst of what must all hold. */
function worstOf(covers: readonly ImageCover[]): ImageCover {
  return covers.find((cover) => cover.covers === false) ?? covers.find((cover) => cover.covers === null) ?? COVERED;
}

const UNSIGNED = "images without a signature are let through";
const FAILS_OPEN = "its webhook fails open";

const CONDITIONAL: ImageCover = { covers: null, because: "its conditions choose which objects it is about, and they are not evaluated here" };

const FOR_MAKERS: ImageCover = { covers: null, because: "it leaves out a role that whoever makes pods may have" };

/** All who must have signed an image, or what is said of it. */
function attestorsOf(verify: JsonRecord): readonly JsonRecord[] {
  return [verify, ...records(verify.attestations)].flatMap((part) => records(part.attestors));
}

/** Whether an entry of `verifyImages` says whose signatures it asks for, in the newer or the older fields: without, Kyverno only looks up digests. */
function namesSigner(verify: JsonRecord): boolean {
  return attestorsOf(verify).some((set) => list(set.entries).length > 0) || [verify.key, verify.issuer].some((value) => Boolean(text(value)));
}

/** Whether of a set of those whose signatures are asked for, enough are anybody. A set may be one of another. */
function isOfAnybody({ entries, count }: JsonRecord): boolean {
  const open = records(entries).filter(({ keyless, attestor }) => takesAnybody(keyless, "Kyverno") || (isRecord(attestor) && isOfAnybody(attestor)));
  return open.length >= (Number(count) || list(entries).length);
}

/** Whether it asks for nobody's in particular. */
function takesAll(verify: JsonRecord): boolean {
  const sets = attestorsOf(verify);
  return sets.length > 0 && sets.every(isOfAnybody);
}

/** Why an entry of `verifyImages` keeps no image out; null = nothing of that kind is known. */
function laxOfRule(verify: JsonRecord, rule: JsonRecord, policy: KubeObject): string | null {
  const spec = record(policy.body.spec);
  if (!refusesSomewhere(verify, spec)) return "it only audits";
  if (!namesSigner(verify)) return "it names nobody whose signature it asks for";
  if (takesAll(verify)) return OF_ANYBODY;
  if (spec.admission === false) return "it is not used at admission";
  if (verify.required === false) return UNSIGNED;
  if (failsOpen(spec)) return FAILS_OPEN;
  return missesChanges(rule, spec) ? NEW_ALONE : whyNotReady(policy);
}

/** `verifyImages` of a ClusterPolicy or a Policy. */
export function fromKyvernoPolicy(object: KubeObject, silence: Silence, findExemption: FindExemption): ImageVerifier[] {
  const spec = record(object.body.spec);
  return list(spec.rules).flatMap((item, i) => {
    const rule = record(item);
    return list(rule.verifyImages).map((entry, j): ImageVerifier => {
      const verify = record(entry);
      const patterns = [...texts(verify.imageReferences), ...(text(verify.image) ? [String(verify.image)] : [])];
      const isNamed = namingImages(patterns);
      const isSkipped = namingImages(texts(verify.skipImageReferences));
      const inNamespace = perNamespace((namespace) => {
        const isMet = conditionsHold(rule, spec, namespace);
        if (!isForNamespace(object, namespace) || isMet === false || !refusesIn(verify, spec, namespace) || !guardsPods(rule, namespace)) return OPEN;
        if (sparesMakers(rule, namespace)) return FOR_MAKERS;
        if (isOverruledIn(spec, namespace)) return { covers: null, because: OVERRULED };
        const cover = worstOf([isMet === null ? CONDITIONAL : COVERED, afterExceptions(object, text(rule.name) ?? "", namespace, findExemption)]);
        return whereChanges(cover, guardsChanges(rule, spec, namespace));
      });
      return {
        object,
        path: `spec.rules[${i}].verifyImages[${j}]`,
        laxBecause: laxOfRule(verify, rule, object) ?? silence,
        coverOf: (namespace, image) => ((patterns.length === 0 || isNamed(image)) && !isSkipped(image) ? inNamespace(namespace) : OPEN),
      };
    });
  });
}

const IN_CEL: ImageCover = { covers: null, because: "which objects it is about is written in CEL, which is not evaluated here" };

const OF_CONTAINERS: ImageCover = {
  covers: null,
  because: "it asks for the signatures of containers, and not of init containers, whose images only some releases of Kyverno then refuse",
};

/** Kyverno has the images of each list of containers apart. */
const NAMES_CONTAINERS = /\bcontainers\b/;
const NAMES_INIT = /\binitContainers\b/;

const CALLS_VERIFIER = /\bverify(?:Image|Attestation)Signatures\b/;

const ATTESTOR = /\battestors\s*(?:\.\s*\??\s*|\[\s*\??\s*["'])([\w-]+)/g;

const ONE_IS_ANYBODY: ImageCover = { covers: null, because: "one of the attestors that it names is anybody, and one may be enough" };

/** Whether those whose signatures an ImageValidatingPolicy asks for are somebody: a text = why not, as part of a sentence, null = nobody can tell. */
function namesSomebody(spec: JsonRecord): true | string | null {
  const attestors = records(spec.attestors);
  const open = new Set(attestors.filter(({ cosign }) => takesAnybody(record(cosign).keyless, "Kyverno")).map(({ name }) => text(name) ?? ""));
  if (open.size === 0) return true;
  if (attestors.every(({ name }) => open.has(text(name) ?? ""))) return OF_ANYBODY;
  const asked = [spec.variables, spec.validations].flatMap(expressionsOf).join("\n");
  const names = [...asked.matchAll(ATTESTOR)].map(([, name = ""]) => name);
  if (names.length === 0) return null;
  return names.every((name) => open.has(name)) ? OF_ANYBODY : names.some((name) => open.has(name)) ? null : true;
}

/** The same of an ImageValidatingPolicy. */
function laxOfAttestors(policy: KubeObject): string | null {
  const spec = record(policy.body.spec);
  const validations = records(spec.validations);
  if (list(spec.attestors).length === 0) return "it names no attestor";
  const somebody = namesSomebody(spec);
  if (typeof somebody === "string") return somebody;
  if (validations.length > 0 && !validations.some(({ expression }) => CALLS_VERIFIER.test(text(expression) ?? ""))) return "it verifies no signature";
  if (record(spec.validationConfigurations).required === false) return UNSIGNED;
  if (spec.failurePolicy === "Ignore") return FAILS_OPEN;
  return missesChangesInCel(policy) ? NEW_ALONE : null;
}

/** An ImageValidatingPolicy, or a NamespacedImageValidatingPolicy, which is about its own namespace. Without an action they deny. */
export function fromImageValidatingPolicy(object: KubeObject, silence: Silence, findExemption: FindExemption): ImageVerifier[] {
  const spec = record(object.body.spec);
  const asked = [spec.variables, spec.validations].flatMap(expressionsOf).join("\n");
  const ofKinds = NAMES_CONTAINERS.test(asked) && !NAMES_INIT.test(asked) ? OF_CONTAINERS : COVERED;
  const ofAttestors = namesSomebody(spec) === null ? ONE_IS_ANYBODY : COVERED;
  const references = records(spec.matchImageReferences);
  const globs = references.flatMap((item) => text(item.glob) ?? []);
  const scopeOf = (namespace: PolicyNamespace): ImageCover => {
    const guards = guardsPodsInCel(object, namespace);
    return guards === null ? IN_CEL : toCover(guards);
  };
  const inNamespace = perNamespace((namespace) => {
    const cover = worstOf([scopeOf(namespace), afterExceptions(object, "", namespace, findExemption)]);
    return whereChanges(cover, seesChangesInCel(object, namespace));
  });
  const isNamed = namingImages(globs);
  const ofImage = (image: string): ImageCover => {
    if (references.length === 0 || isNamed(image)) return COVERED;
    return globs.length < references.length ? IN_CEL : OPEN;
  };
  return [
    {
      object,
      path: "spec.validationActions",
      laxBecause: laxInCel(object) ?? laxOfAttestors(object) ?? silence,
      coverOf: (namespace, image) => worstOf([ofImage(image), inNamespace(namespace), ofKinds, ofAttestors]),
    },
  ];
}
