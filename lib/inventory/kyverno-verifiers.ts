import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import { namesImage } from "./image-patterns";
import { COVERED, type ImageCover, type ImageVerifier, OPEN, toCover } from "./image-verifier";
import type { KubeObject } from "./kube-object";
import type { Exemption, PolicyQuestion } from "./kyverno-exceptions";
import { letsOut, matchesBlock, meansAll, type PolicyNamespace } from "./kyverno-match";
import { isEmptySelector, matchesSelector } from "./label-selector";
import { matchesSome } from "./matches-glob";

/** Why Kyverno's policies refuse nothing at all; null = they are asked. */
type Silence = string | null;
type FindExemption = (question: PolicyQuestion) => Exemption | null;

/** What is left of a policy in a namespace after its exceptions. */
function afterExceptions(policy: KubeObject, rule: string, findExemption: FindExemption): (namespace: PolicyNamespace) => ImageCover {
  const known = new Map<string, ImageCover>();
  return (namespace) => {
    const before = known.get(namespace.name);
    if (before) return before;
    const exemption = findExemption({ policy, rules: [{ name: rule, kinds: ["Pod"] }], place: namespace });
    const isVoid = exemption?.extent === "all" && exemption.isInForce === true;
    const cover: ImageCover = exemption ? { covers: isVoid ? false : null, because: exemption.because } : COVERED;
    known.set(namespace.name, cover);
    return cover;
  };
}

function matchesAny(patterns: readonly string[], image: string): boolean {
  return patterns.some((pattern) => namesImage(pattern, image));
}

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
      const enforcesIn = ({ name }: PolicyNamespace): boolean => {
        const here = overrides.find((override) => matchesSome(texts(override.namespaces), name));
        return /^enforce$/i.test(text(here?.action) ?? action);
      };
      const lax = ![action, ...overrides.map((override) => text(override.action) ?? "")].some((value) => /^enforce$/i.test(value))
        ? `it only audits (${action})`
        : verify.required === false
          ? "images without a signature are let through"
          : spec.failurePolicy === "Ignore"
            ? "its webhook fails open"
            : silence;
      const patterns = [...texts(verify.imageReferences), ...(text(verify.image) ? [String(verify.image)] : [])];
      const skipped = texts(verify.skipImageReferences);
      const left = afterExceptions(object, text(rule.name) ?? "", findExemption);
      return {
        object,
        path: `spec.rules[${i}].verifyImages[${j}]`,
        laxBecause: lax,
        coverOf: (namespace, image) =>
          (object.ref.kind === "ClusterPolicy" || object.ref.namespace === namespace.name) &&
          enforcesIn(namespace) &&
          matchesBlock(record(rule.match), (block) => meansAll(block, namespace)) &&
          !matchesBlock(record(rule.exclude), (block) => letsOut(block, namespace)) &&
          (patterns.length === 0 || matchesAny(patterns, image)) &&
          !matchesAny(skipped, image)
            ? left(namespace)
            : OPEN,
      };
    });
  });
}

const IN_CEL: ImageCover = { covers: null, because: "which objects it is about is written in CEL, which is not evaluated here" };

/** What a policy in CEL leaves out of a namespace before it looks at an image. */
function scopeOf(constraints: JsonRecord, conditions: readonly unknown[]): (namespace: PolicyNamespace) => ImageCover {
  const isForSome = isRecord(constraints.objectSelector) && !isEmptySelector(constraints.objectSelector);
  return (namespace) => {
    if (isForSome || (isRecord(constraints.namespaceSelector) && !matchesSelector(constraints.namespaceSelector, namespace.labels))) return OPEN;
    return conditions.length > 0 || list(constraints.excludeResourceRules).length > 0 ? IN_CEL : COVERED;
  };
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
  const inScope = scopeOf(record(spec.matchConstraints), list(spec.matchConditions));
  const left = afterExceptions(object, "", findExemption);
  const ofImage = (image: string): ImageCover => {
    if (references.length === 0 || matchesAny(globs, image)) return COVERED;
    return globs.length < references.length ? IN_CEL : OPEN;
  };
  return [
    {
      object,
      path: "spec.validationActions",
      laxBecause: lax,
      coverOf: (namespace, image) => {
        if (object.ref.kind === "NamespacedImageValidatingPolicy" && object.ref.namespace !== namespace.name) return toCover(false);
        const parts = [inScope(namespace), ofImage(image), left(namespace)];
        return parts.find(({ covers }) => covers === false) ?? parts.find(({ covers }) => covers === null) ?? COVERED;
      },
    },
  ];
}
