import { isRecord, type JsonRecord, record, records, text } from "../../model/json";
import { coveringImages } from "../images/image-patterns";
import { COVERED, FOR_SOME, type ImageCover, type ImageVerifier, leftOut, OPEN, toWebhookCover } from "./image-verifier";
import type { KubeObject } from "../kube-object";
import type { PolicyNamespace } from "./policy-namespace";
import { isCalled, listWebhooks, type Webhook } from "./security-webhook";
import { OF_ANYBODY, takesAnybody } from "./takes-anybody";
import { isEmptySelector, matchesSelector } from "../labels/label-selector";
import type { WhyUnheard } from "./unheard-webhooks";

export const SIGSTORE = "Sigstore policy-controller";
const WEBHOOK = "policy.sigstore.dev";
const OPT_IN = { matchLabels: { "policy.sigstore.dev/include": "true" } };
const CONFIG = "config-policy-controller";
const DEFAULT_NAMESPACE = "cosign-system";

/** The one that changes tags to digests has the same name. */
function findHook(webhooks: readonly KubeObject[]): Webhook | null {
  return webhooks.flatMap(listWebhooks).find(({ name, isValidating }) => isValidating && name === WEBHOOK) ?? null;
}

const UNWRITTEN: ImageCover = { covers: null, because: "policy-controller writes the rules of its webhook while it runs, and this one has none" };

/** Whether the API server asks about the new pods of a namespace. */
function reachOf(hook: Webhook | null, namespace: PolicyNamespace, image: string): ImageCover {
  const selector = isRecord(hook?.spec.namespaceSelector) ? hook.spec.namespaceSelector : OPT_IN;
  if (!matchesSelector(selector, namespace.labels)) return hook === null ? OPEN : leftOut(hook, namespace, image);
  if (hook === null) return COVERED;
  return isCalled(hook) ? toWebhookCover(hook, namespace, image) : UNWRITTEN;
}

function globsOf({ body }: KubeObject): readonly string[] {
  return records(record(body.spec).images).flatMap((item) => text(item.glob) ?? []);
}

/** A policy may be for some kinds of object, or for some labels, only. */
function isForAllPods(spec: JsonRecord): boolean {
  const match = records(spec.match);
  return match.length === 0 || match.some((item) => text(item.resource) === "pods" && (!isRecord(item.selector) || isEmptySelector(item.selector)));
}

function laxOfPolicy(spec: JsonRecord, hook: Webhook | null, silence: string | null, whyUnheard: WhyUnheard): string | null {
  const authorities = records(spec.authorities);
  // One authority that is content is enough.
  const isFree = authorities.length === 0 || authorities.some((item) => record(item.static).action === "pass");
  if (spec.mode === "warn") return "it only warns";
  if (isFree) return "its authorities let everything pass";
  if (authorities.some((item) => takesAnybody(item.keyless, "policy-controller"))) return OF_ANYBODY;
  if (hook?.failsOpen) return "its webhook fails open";
  return hook === null ? silence : whyUnheard(hook);
}

/** What policy-controller does with images that no policy names: deny unless its ConfigMap says otherwise; null = that was not read. */
function noMatchOf({ spec }: Webhook, configMaps: readonly KubeObject[] | null): string | null {
  if (configMaps === null) return null;
  const namespace = text(record(record(spec.clientConfig).service).namespace) ?? DEFAULT_NAMESPACE;
  const config = configMaps.find(({ ref }) => ref.name === CONFIG && ref.namespace === namespace);
  const value = text(record(config?.body.data)["no-match-policy"]);
  return value === "allow" || value === "warn" ? value : "deny";
}

/** `webhooks` and `configMaps` = null when they were not read. */
export function fromSigstore(
  policies: readonly KubeObject[],
  webhooks: readonly KubeObject[] | null,
  whyUnheard: WhyUnheard,
  configMaps: readonly KubeObject[] | null,
): ImageVerifier[] {
  const hook = findHook(webhooks ?? []);
  const silence = webhooks && `no webhook of ${SIGSTORE} asks it`;
  const ofPolicies = policies.map((object): ImageVerifier => {
    const spec = record(object.body.spec);
    const isNamed = coveringImages(globsOf(object));
    const whole = isForAllPods(spec) ? COVERED : FOR_SOME;
    return {
      object,
      path: "spec.images",
      laxBecause: laxOfPolicy(spec, hook, silence, whyUnheard),
      coverOf: (namespace, image) => {
        const reach = reachOf(hook, namespace, image);
        if (reach.isOwn) return reach;
        if (!isNamed(image)) return OPEN;
        return reach.covers === true ? whole : reach;
      },
    };
  });
  return hook === null ? ofPolicies : [...ofPolicies, ...ofUnmatched(hook, policies, whyUnheard, noMatchOf(hook, configMaps))];
}

const UNREAD: ImageCover = { covers: null, because: `its ConfigMap ${CONFIG}, which says what happens to images that no policy names, was not read` };

/** The webhook itself, for images that no policy names. */
function ofUnmatched(hook: Webhook, policies: readonly KubeObject[], whyUnheard: WhyUnheard, noMatch: string | null): ImageVerifier[] {
  const isNamed = coveringImages(policies.flatMap(globsOf));
  const lax =
    noMatch === "allow" || noMatch === "warn"
      ? `images that no ClusterImagePolicy names are let through (no-match-policy: ${noMatch})`
      : hook.failsOpen
        ? "its webhook fails open"
        : whyUnheard(hook);
  return [
    {
      object: hook.configuration,
      path: `webhooks[${hook.index}]`,
      laxBecause: lax,
      isFallback: true,
      coverOf: (namespace, image) => {
        const reach = isNamed(image) ? OPEN : reachOf(hook, namespace, image);
        return reach.covers === true && noMatch === null ? UNREAD : reach;
      },
    },
  ];
}
