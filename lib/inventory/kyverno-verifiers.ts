import { isRecord, list, record, records, text, texts } from "../model/json";
import { namingImages } from "./image-patterns";
import { COVERED, type ImageCover, type ImageVerifier, OPEN } from "./image-verifier";
import type { KubeObject } from "./kube-object";
import { failsOpen, isConditional } from "./kyverno-conditions";
import type { Exemption, PolicyQuestion } from "./kyverno-exceptions";
import { letsOut, matchesBlock, meansAll, overrideIn, type PolicyNamespace } from "./kyverno-match";
import { isEmptySelector, matchesSelector } from "./label-selector";

/** Why Kyverno's policies refuse nothing at all; null = they are asked. */
type Silence = string | null;
type FindExemption = (question: PolicyQuestion) => Exemption | null;

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
  const isVoid = exemption.extent === "all" && exemption.isInForce === true;
  return { covers: isVoid ? false : null, because: exemption.because };
}

/** The worst of what must all hold. */
function worstOf(covers: readonly ImageCover[]): ImageCover {
  return covers.find((cover) => cover.covers === false) ?? covers.find((cover) => cover.covers === null) ?? COVERED;
}

const CONDITIONAL: ImageCover = { covers: null, because: "its conditions choose which objects it is about, and they are not evaluated here" };

/** `verifyImages` of a ClusterPolicy or a Policy. */
export function fromKyvernoPolicy(object: KubeObject, silence: Silence, findExemption: FindExemption): ImageVerifier[] {
  const spec = record(object.body.spec);
  return list(spec.rules).flatMap((item, i) => {
    const rule = record(item);
    return list(rule.verifyImages).map((entry, j): ImageVerifier => {
      const verify = record(entry);
      const own = text(verify.failureAction) ?? text(verify.validationFailureAction);
      const action = own ?? text(spec.validationFailureAction) ?? "Audit";
      const overrides = own === undefined ? records(spec.validationFailureActionOverrides) : [];
      const enforcesIn = (namespace: PolicyNamespace): boolean => /^enforce$/i.test(overrideIn(overrides, namespace) ?? action);
      const lax = ![action, ...overrides.map((override) => text(override.action) ?? "")].some((value) => /^enforce$/i.test(value))
        ? `it only audits (${action})`
        : spec.admission === false
          ? "it is not used at admission"
          : verify.required === false
            ? "images without a signature are let through"
            : failsOpen(spec)
              ? "its webhook fails open"
              : silence;
      const patterns = [...texts(verify.imageReferences), ...(text(verify.image) ? [String(verify.image)] : [])];
      const isNamed = namingImages(patterns);
      const isSkipped = namingImages(texts(verify.skipImageReferences));
      const inNamespace = perNamespace((namespace) =>
        (object.ref.kind === "ClusterPolicy" || object.ref.namespace === namespace.name) &&
        enforcesIn(namespace) &&
        matchesBlock(record(rule.match), (block) => meansAll(block, namespace)) &&
        !matchesBlock(record(rule.exclude), (block) => letsOut(block, namespace))
          ? worstOf([isConditional(rule, spec) ? CONDITIONAL : COVERED, afterExceptions(object, text(rule.name) ?? "", namespace, findExemption)])
          : OPEN,
      );
      return {
        object,
        path: `spec.rules[${i}].verifyImages[${j}]`,
        laxBecause: lax,
        coverOf: (namespace, image) => ((patterns.length === 0 || isNamed(image)) && !isSkipped(image) ? inNamespace(namespace) : OPEN),
      };
    });
  });
}

const IN_CEL: ImageCover = { covers: null, because: "which objects it is about is written in CEL, which is not evaluated here" };

/** What a policy in CEL leaves out of a namespace before it looks at an image. */
function scopeOf(object: KubeObject, namespace: PolicyNamespace): ImageCover {
  const spec = record(object.body.spec);
  const { objectSelector, namespaceSelector, excludeResourceRules } = record(spec.matchConstraints);
  if (object.ref.kind === "NamespacedImageValidatingPolicy" && object.ref.namespace !== namespace.name) return OPEN;
  if (isRecord(objectSelector) && !isEmptySelector(objectSelector)) return OPEN;
  if (isRecord(namespaceSelector) && !matchesSelector(namespaceSelector, namespace.labels)) return OPEN;
  return list(spec.matchConditions).length > 0 || list(excludeResourceRules).length > 0 ? IN_CEL : COVERED;
}

/** An ImageValidatingPolicy, or a NamespacedImageValidatingPolicy, which is about its own namespace. Without an action they deny. */
export function fromImageValidatingPolicy(object: KubeObject, silence: Silence, findExemption: FindExemption): ImageVerifier[] {
  const spec = record(object.body.spec);
  const actions = texts(spec.validationActions);
  const references = records(spec.matchImageReferences);
  const globs = references.flatMap((item) => text(item.glob) ?? []);
  const lax =
    actions.length > 0 && !actions.includes("Deny")
      ? "it does not deny"
      : list(spec.attestors).length === 0
        ? "it names no attestor"
        : record(record(spec.evaluation).admission).enabled === false
          ? "it is not used at admission"
          : record(spec.validationConfigurations).required === false
            ? "images without a signature are let through"
            : spec.failurePolicy === "Ignore"
              ? "its webhook fails open"
              : silence;
  const inNamespace = perNamespace((namespace) => worstOf([scopeOf(object, namespace), afterExceptions(object, "", namespace, findExemption)]));
  const isNamed = namingImages(globs);
  const ofImage = (image: string): ImageCover => {
    if (references.length === 0 || isNamed(image)) return COVERED;
    return globs.length < references.length ? IN_CEL : OPEN;
  };
  return [
    {
      object,
      path: "spec.validationActions",
      laxBecause: lax,
      coverOf: (namespace, image) => worstOf([ofImage(image), inNamespace(namespace)]),
    },
  ];
}
