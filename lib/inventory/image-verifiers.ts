import { askedEnginesView } from "./asked-engines";
import { isRecord, type JsonRecord, list, record, records, text, texts } from "../model/json";
import type { KubeObject } from "./kube-object";
import { matchesSelector } from "./label-selector";
import { defineView } from "./view";

/** A namespace as policies see it. */
export interface PolicyNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One thing in the cluster that checks image signatures. */
export interface ImageVerifier {
  readonly object: KubeObject;
  readonly path: string;
  /** null = it enforces; else why it does not. */
  readonly laxBecause: string | null;
  readonly covers: (namespace: PolicyNamespace, image: string) => boolean;
}

/** `*` and `?` as policies use them; a pattern without a registry also means Docker Hub. */
export function matchesGlob(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`).test(value);
}

function matchesAny(patterns: readonly string[], image: string): boolean {
  return (
    patterns.length === 0 ||
    patterns.some((pattern) => matchesGlob(pattern, image) || matchesGlob(pattern.replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, ""), image))
  );
}

/** What narrows a block to some objects or some people: such a block does not speak for a whole namespace. */
const NARROW = ["selector", "names", "name", "annotations"] as const;
const PEOPLE = ["subjects", "roles", "clusterRoles"] as const;

function isSet(value: unknown): boolean {
  return isRecord(value) ? Object.keys(value).length > 0 : list(value).length > 0 || Boolean(text(value));
}

function matchesResource(resources: JsonRecord, namespace: PolicyNamespace): boolean {
  const names = texts(resources.namespaces);
  if (names.length > 0 && !names.some((pattern) => matchesGlob(pattern, namespace.name))) return false;
  return !isRecord(resources.namespaceSelector) || matchesSelector(resources.namespaceSelector, namespace.labels);
}

/** Whether a block of `match` means every pod of a namespace, whoever makes it. */
function meansAll(item: JsonRecord, namespace: PolicyNamespace): boolean {
  const resources = record(item.resources);
  return !PEOPLE.some((key) => isSet(item[key])) && !NARROW.some((key) => isSet(resources[key])) && matchesResource(resources, namespace);
}

/** Whether a block of `exclude` lets authors of a namespace out: one for chosen people does not. */
function letsOut(item: JsonRecord, namespace: PolicyNamespace): boolean {
  return isRecord(item.resources) && !PEOPLE.some((key) => isSet(item[key])) && matchesResource(item.resources, namespace);
}

/** One of `any`, all of `all`, or the block itself. */
function matchesBlock(block: JsonRecord, test: (item: JsonRecord) => boolean): boolean {
  const all = records(block.all);
  return records(block.any).some(test) || (all.length > 0 && all.every(test)) || (isRecord(block.resources) && test(block));
}

type IsAsked = (engine: string) => boolean;

/** Policies that nobody asks refuse nothing: what is left of an engine that was removed. */
function silenceOf(engine: "Kyverno" | "Gatekeeper", isAsked: IsAsked): string | null {
  return isAsked(engine) ? null : `no webhook of ${engine} asks it`;
}

function fromKyvernoPolicy(object: KubeObject, isAsked: IsAsked): ImageVerifier[] {
  const spec = record(object.body.spec);
  return list(spec.rules).flatMap((item, i) => {
    const rule = record(item);
    return list(rule.verifyImages).map((entry, j): ImageVerifier => {
      const verify = record(entry);
      const own = text(verify.failureAction) ?? text(verify.validationFailureAction);
      const action = own ?? text(spec.validationFailureAction) ?? "Audit";
      const overrides = own === undefined ? records(spec.validationFailureActionOverrides) : [];
      const enforcesIn = ({ name }: PolicyNamespace): boolean => {
        const here = overrides.find((item) => texts(item.namespaces).some((pattern) => matchesGlob(pattern, name)));
        return /^enforce$/i.test(text(here?.action) ?? action);
      };
      const lax = ![action, ...overrides.map((item) => text(item.action) ?? "")].some((item) => /^enforce$/i.test(item))
        ? `it only audits (${action})`
        : verify.required === false
          ? "images without a signature are let through"
          : spec.failurePolicy === "Ignore"
            ? "its webhook fails open"
            : silenceOf("Kyverno", isAsked);
      const patterns = [...texts(verify.imageReferences), ...(text(verify.image) ? [String(verify.image)] : [])];
      const skipped = texts(verify.skipImageReferences);
      return {
        object,
        path: `spec.rules[${i}].verifyImages[${j}]`,
        laxBecause: lax,
        covers: (namespace, image) =>
          (object.ref.kind === "ClusterPolicy" || object.ref.namespace === namespace.name) &&
          enforcesIn(namespace) &&
          matchesBlock(record(rule.match), (item) => meansAll(item, namespace)) &&
          !matchesBlock(record(rule.exclude), (item) => letsOut(item, namespace)) &&
          matchesAny(patterns, image) &&
          !(skipped.length > 0 && matchesAny(skipped, image)),
      };
    });
  });
}

function fromImageValidatingPolicy(object: KubeObject, isAsked: IsAsked): ImageVerifier[] {
  const spec = record(object.body.spec);
  const denies = texts(spec.validationActions).includes("Deny");
  const globs = records(spec.matchImageReferences).flatMap((item) => text(item.glob) ?? []);
  const lax = !denies ? "it does not deny" : list(spec.attestors).length === 0 ? "it names no attestor" : silenceOf("Kyverno", isAsked);
  const selector = record(spec.matchConstraints).namespaceSelector;
  return [
    {
      object,
      path: "spec.validationActions",
      laxBecause: lax,
      covers: (namespace, image) => (!isRecord(selector) || matchesSelector(selector, namespace.labels)) && matchesAny(globs, image),
    },
  ];
}

const OPT_IN = { matchLabels: { "policy.sigstore.dev/include": "true" } };

function fromClusterImagePolicy(object: KubeObject, webhooks: readonly KubeObject[]): ImageVerifier[] {
  const spec = record(object.body.spec);
  const hook = webhooks.flatMap((item) => records(item.body.webhooks)).find((item) => text(item.name) === "policy.sigstore.dev");
  const authorities = records(spec.authorities);
  const isFree = authorities.length === 0 || authorities.every((item) => record(item.static).action === "pass");
  const lax =
    spec.mode === "warn"
      ? "it only warns"
      : isFree
        ? "its authorities let everything pass"
        : hook?.failurePolicy === "Ignore"
          ? "its webhook fails open"
          : hook === undefined
            ? "no webhook of Sigstore policy-controller asks it"
            : null;
  const globs = records(spec.images).flatMap((item) => text(item.glob) ?? []);
  const selector = isRecord(hook?.namespaceSelector) ? hook.namespaceSelector : OPT_IN;
  return [
    {
      object,
      path: "spec.images",
      laxBecause: lax,
      covers: (namespace, image) => matchesSelector(selector, namespace.labels) && globs.length > 0 && matchesAny(globs, image),
    },
  ];
}

function fromRatify(object: KubeObject, isAsked: IsAsked): ImageVerifier[] {
  if (!/ratify/i.test(object.ref.kind)) return [];
  const spec = record(object.body.spec);
  const action = text(spec.enforcementAction) ?? "deny";
  const match = record(spec.match);
  const included = texts(match.namespaces);
  const excluded = texts(match.excludedNamespaces);
  const names = (patterns: readonly string[], namespace: PolicyNamespace) => patterns.some((pattern) => matchesGlob(pattern, namespace.name));
  return [
    {
      object,
      path: "spec.enforcementAction",
      laxBecause: action === "deny" ? silenceOf("Gatekeeper", isAsked) : `it only reports (${action})`,
      covers: (namespace) =>
        (included.length === 0 || names(included, namespace)) &&
        !names(excluded, namespace) &&
        (!isRecord(match.namespaceSelector) || matchesSelector(match.namespaceSelector, namespace.labels)),
    },
  ];
}

/** Verifiers that are a webhook and nothing else: what they accept is in their own configuration. */
function fromWebhook(object: KubeObject): ImageVerifier[] {
  return list(object.body.webhooks).flatMap((item, i) => {
    const hook = record(item);
    const service = text(record(record(hook.clientConfig).service).name) ?? "";
    if (!/connaisseur|portieris/.test(`${object.ref.name} ${service} ${text(hook.name) ?? ""}`) || list(hook.rules).length === 0) return [];
    const lax = hook.failurePolicy === "Ignore" ? "its webhook fails open" : null;
    return [
      {
        object,
        path: `webhooks[${i}]`,
        laxBecause: lax,
        covers: (namespace: PolicyNamespace) => !isRecord(hook.namespaceSelector) || matchesSelector(hook.namespaceSelector, namespace.labels),
      },
    ];
  });
}

/** Everything that verifies image signatures at admission: Kyverno, Sigstore policy-controller, Ratify, Connaisseur, Portieris. */
export const imageVerifiersView = defineView({
  reads: ["policyEngineObjects", "webhooks", "workloads"],
  compute: (context): readonly ImageVerifier[] => {
    const { slices } = context;
    const isAsked = context.view(askedEnginesView);
    const fromPolicies = slices.policyEngineObjects.flatMap((object) => {
      if (object.ref.kind === "ClusterImagePolicy") return fromClusterImagePolicy(object, slices.webhooks);
      if (object.ref.kind === "ImageValidatingPolicy") return fromImageValidatingPolicy(object, isAsked);
      if (object.ref.kind === "ClusterPolicy" || object.ref.kind === "Policy") return fromKyvernoPolicy(object, isAsked);
      return fromRatify(object, isAsked);
    });
    return [...fromPolicies, ...slices.webhooks.flatMap(fromWebhook)];
  },
});
