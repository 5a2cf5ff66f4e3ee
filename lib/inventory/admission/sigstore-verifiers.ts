import { isRecord, type JsonRecord, list, record, records, text } from "../../model/json";
import { coveringImages } from "../images/image-patterns";
import { COVERED, FOR_SOME, type ImageCover, type ImageVerifier, OPEN, toCover } from "./image-verifier";
import type { KubeObject } from "../kube-object";
import { isEmptySelector, matchesSelector } from "../labels/label-selector";

const WEBHOOK = "policy.sigstore.dev";
const OPT_IN = { matchLabels: { "policy.sigstore.dev/include": "true" } };
const CONFIG = "config-policy-controller";
const DEFAULT_NAMESPACE = "cosign-system";

interface Hook {
  readonly configuration: KubeObject;
  readonly index: number;
  readonly spec: JsonRecord;
}

function findHook(webhooks: readonly KubeObject[]): Hook | null {
  for (const configuration of webhooks) {
    // The one that changes tags to digests has the same name.
    if (configuration.ref.kind !== "ValidatingWebhookConfiguration") continue;
    const entries = list(configuration.body.webhooks).map(record);
    const index = entries.findIndex((entry) => text(entry.name) === WEBHOOK);
    if (index >= 0) return { configuration, index, spec: entries[index] ?? {} };
  }
  return null;
}

function globsOf({ body }: KubeObject): readonly string[] {
  return records(record(body.spec).images).flatMap((item) => text(item.glob) ?? []);
}

/** A policy may be for some kinds of object, or for some labels, only. */
function isForAllPods(spec: JsonRecord): boolean {
  const match = records(spec.match);
  return match.length === 0 || match.some((item) => text(item.resource) === "pods" && (!isRecord(item.selector) || isEmptySelector(item.selector)));
}

function laxOfPolicy(spec: JsonRecord, hook: Hook | null): string | null {
  const authorities = records(spec.authorities);
  // One authority that is content is enough.
  const isFree = authorities.length === 0 || authorities.some((item) => record(item.static).action === "pass");
  if (spec.mode === "warn") return "it only warns";
  if (isFree) return "its authorities let everything pass";
  if (hook?.spec.failurePolicy === "Ignore") return "its webhook fails open";
  return hook === null ? "no webhook of Sigstore policy-controller asks it" : null;
}

/** What policy-controller does with images that no policy names: deny unless its ConfigMap says otherwise; null = that was not read. */
function noMatchOf({ spec }: Hook, configMaps: readonly KubeObject[] | null): string | null {
  if (configMaps === null) return null;
  const namespace = text(record(record(spec.clientConfig).service).namespace) ?? DEFAULT_NAMESPACE;
  const config = configMaps.find(({ ref }) => ref.name === CONFIG && ref.namespace === namespace);
  const value = text(record(config?.body.data)["no-match-policy"]);
  return value === "allow" || value === "warn" ? value : "deny";
}

/** `configMaps` = null when they were not read. */
export function fromSigstore(policies: readonly KubeObject[], webhooks: readonly KubeObject[], configMaps: readonly KubeObject[] | null): ImageVerifier[] {
  const hook = findHook(webhooks);
  const selector = isRecord(hook?.spec.namespaceSelector) ? hook.spec.namespaceSelector : OPT_IN;
  const ofPolicies = policies.map((object): ImageVerifier => {
    const spec = record(object.body.spec);
    const isNamed = coveringImages(globsOf(object));
    const whole = isForAllPods(spec) ? COVERED : FOR_SOME;
    return {
      object,
      path: "spec.images",
      laxBecause: laxOfPolicy(spec, hook),
      coverOf: (namespace, image) => (matchesSelector(selector, namespace.labels) && isNamed(image) ? whole : OPEN),
    };
  });
  return hook === null ? ofPolicies : [...ofPolicies, ...ofUnmatched(hook, selector, policies, noMatchOf(hook, configMaps))];
}

const UNREAD: ImageCover = { covers: null, because: `its ConfigMap ${CONFIG}, which says what happens to images that no policy names, was not read` };

/** The webhook itself, for images that no policy names. */
function ofUnmatched({ configuration, index, spec }: Hook, selector: JsonRecord, policies: readonly KubeObject[], noMatch: string | null): ImageVerifier[] {
  const isNamed = coveringImages(policies.flatMap(globsOf));
  const lax =
    noMatch === "allow" || noMatch === "warn"
      ? `images that no ClusterImagePolicy names are let through (no-match-policy: ${noMatch})`
      : spec.failurePolicy === "Ignore"
        ? "its webhook fails open"
        : null;
  return [
    {
      object: configuration,
      path: `webhooks[${index}]`,
      laxBecause: lax,
      isFallback: true,
      coverOf: (namespace, image) => {
        const isMeant = matchesSelector(selector, namespace.labels) && !isNamed(image);
        return isMeant && noMatch === null ? UNREAD : toCover(isMeant);
      },
    },
  ];
}
