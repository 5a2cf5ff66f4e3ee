import { isRecord, type JsonRecord, list, record, records, text, texts } from "../../model/json";
import { isRuleFor, type Operation } from "./admission-rule";
import type { KubeObject } from "../kube-object";
import { allHold, allHoldIn, type Answer, choosesPods, expressionsOf, holdForCreationAlone, holdsIn } from "./match-condition";
import { isEmptySelector, matchesSelector } from "../labels/label-selector";
import type { PolicyNamespace } from "./policy-namespace";

/** One entry of a webhook configuration. */
export interface Webhook {
  readonly configuration: KubeObject;
  readonly index: number;
  readonly name: string;
  readonly spec: JsonRecord;
  readonly isValidating: boolean;
  /** Judges objects: it is asked to, or does so where others change them. */
  readonly mayRefuse: boolean;
  readonly failsOpen: boolean;
  /** Sees requests only through the API versions that its rules name. */
  readonly isExact: boolean;
  /** The policy or signature engine that it belongs to, by its names; null = none that is known. */
  readonly engine: string | null;
}

const ENGINES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/kyverno/, "Kyverno"],
  [/gatekeeper/, "Gatekeeper"],
  [/policy\.sigstore\.dev|cosign/, "Sigstore policy-controller"],
  [/connaisseur/, "Connaisseur"],
  [/\bratify\b/, "Ratify"],
  [/kubewarden/, "Kubewarden"],
  [/\bk-?rail\b/, "K-Rail"],
  [/portieris|securityenforcement/, "Portieris"],
  [/jspolicy/, "jsPolicy"],
  [/\bdatree-webhook|\.datree\.svc\b/, "Datree"],
  [/\bpolaris\.fairwinds\.com\b|\bpolaris-webhook\b/, "Polaris"],
  [/neuvector/, "NeuVector"],
  [/stackrox|rhacs/, "StackRox"],
  [/aqua(?:sec)?-|trivy/, "Aqua"],
  [/falco(?!n)/, "Falco"],
  [/kubescape/, "Kubescape"],
  [/\bopa\b|openpolicyagent/, "Open Policy Agent"],
];

/** What the API server takes for a field that is left out is not the same in every version of the API: of the first one it lets more through. */
function defaultsOf({ ref }: KubeObject): { readonly failurePolicy: string; readonly matchPolicy: string } {
  const isFirst = ref.apiVersion === "admissionregistration.k8s.io/v1beta1";
  return isFirst ? { failurePolicy: "Ignore", matchPolicy: "Exact" } : { failurePolicy: "Fail", matchPolicy: "Equivalent" };
}

export function listWebhooks(configuration: KubeObject): Webhook[] {
  const defaults = defaultsOf(configuration);
  return list(configuration.body.webhooks).map((item, index) => {
    const spec = record(item);
    const service = record(record(spec.clientConfig).service);
    const names = `${configuration.ref.name} ${text(spec.name) ?? ""} ${text(service.name) ?? ""} ${text(service.namespace) ?? ""}`.toLowerCase();
    const engine = ENGINES.find(([pattern]) => pattern.test(names))?.[1] ?? null;
    const isValidating = configuration.ref.kind === "ValidatingWebhookConfiguration";
    return {
      configuration,
      index,
      name: text(spec.name) ?? String(index),
      spec,
      isValidating,
      mayRefuse: isValidating || engine === "K-Rail",
      failsOpen: (spec.failurePolicy ?? defaults.failurePolicy) === "Ignore",
      isExact: (spec.matchPolicy ?? defaults.matchPolicy) === "Exact",
      engine,
    };
  });
}

/** A rule of a webhook as plain lists. */
export interface WebhookRule {
  readonly resources: readonly string[];
  readonly groups: readonly string[];
  readonly versions: readonly string[];
}

export function rulesOf(hook: Webhook): readonly WebhookRule[] {
  return records(hook.spec.rules).map((rule) => ({
    resources: texts(rule.resources),
    groups: texts(rule.apiGroups),
    versions: texts(rule.apiVersions),
  }));
}

/** Whether a webhook is called for a resource of the core group, when that is done to it; without an operation, whatever is done. */
export function coversResource({ spec }: Webhook, resource: string, operation?: Operation): boolean {
  return records(spec.rules).some((rule) => isRuleFor(rule, resource, operation));
}

/** Whether a webhook is called when a pod is made. */
export function seesNewPods(hook: Webhook): boolean {
  return coversResource(hook, "pods", "CREATE");
}

/** No expression. */
const UNTOLD = "";

/** The conditions of a webhook. The API server shows these no namespace, so that nothing is told of one that asks about it: it fails, and whoever fails open is not called. */
export function conditionsOf({ spec }: Pick<Webhook, "spec">): readonly string[] {
  return expressionsOf(spec.matchConditions).map((expression) => (expression.includes("namespaceObject") ? UNTOLD : expression));
}

/** Pods, or what is added to those that run. */
export type Changed = "pods" | "pods/ephemeralcontainers";

/** Whether a webhook is called when pods, or what they have below them, are changed: neither its rules nor its conditions leave that out everywhere. */
export function seesChangesOf(hook: Webhook, resource: Changed): boolean {
  return coversResource(hook, resource, "UPDATE") && !holdForCreationAlone(conditionsOf(hook));
}

/** The same in a namespace; null = when some of them are, or it cannot be told. */
export function seesChangesIn(hook: Webhook, resource: Changed, { name, labels }: PolicyNamespace): Answer {
  const { namespaceSelector, objectSelector } = hook.spec;
  if (!coversResource(hook, resource, "UPDATE") || !matchesSelector(namespaceSelector, labels)) return false;
  const isForAll = !isRecord(objectSelector) || isEmptySelector(objectSelector);
  return allHold([isForAll || null, allHoldIn(conditionsOf(hook), name, "UPDATE")]);
}

/** Whether a webhook is called for pods that are made in a namespace, or for some of them: one condition that does not hold is enough that it is not. */
export function seesNamespace(hook: Pick<Webhook, "spec">, namespace: PolicyNamespace): boolean {
  if (!matchesSelector(hook.spec.namespaceSelector, namespace.labels)) return false;
  return conditionsOf(hook).every((expression) => holdsIn(expression, namespace.name) !== false);
}

/** Whether a webhook is called for chosen pods alone, by labels that whoever makes one writes, or by conditions; left out = anywhere but at its own program. */
export function choosesObjects(hook: Pick<Webhook, "spec">, namespace?: PolicyNamespace): boolean {
  const { spec } = hook;
  if (isRecord(spec.objectSelector) && !isEmptySelector(spec.objectSelector)) return true;
  const own = text(record(record(spec.clientConfig).service).namespace);
  return conditionsOf(hook).some((expression) => (namespace ? holdsIn(expression, namespace.name) === null : choosesPods(expression, own)));
}

/** The API server calls a webhook only for what its rules name; some programs write theirs while they run. */
export function isCalled(hook: Webhook): boolean {
  return rulesOf(hook).length > 0;
}

/** Why none of these guards the cluster. */
export function whyNoGuard(hooks: readonly Webhook[]): string {
  const waiting = hooks.find((hook) => hook.engine && !isCalled(hook));
  return waiting ? `${waiting.engine} writes the rules of its webhooks while it runs; these have none.` : "None of its webhooks guards the cluster.";
}

/** With these Kyverno looks after itself and after what it is to clean up: it wants them to fail open, and no policy depends on them. */
const CHORES = /^kyverno-(?:verify-mutating|ttl-validating)-webhook-cfg$/;

/** The kinds of engines themselves. */
const OF_ENGINES = /(?:^|\.)kyverno\.io$|^policy\.sigstore\.dev$/;

/** Whether no policy hangs on a webhook: an engine has itself asked about its own objects, too. */
export function isChore(hook: Webhook): boolean {
  const groups = rulesOf(hook).flatMap((rule) => rule.groups);
  return CHORES.test(hook.configuration.ref.name) || (groups.length > 0 && groups.every((group) => OF_ENGINES.test(group)));
}

/** By it Gatekeeper refuses its own label on namespaces that it is not told to leave out: no constraint hangs on it. */
export function keepsIgnoreLabel({ name }: Pick<Webhook, "name">): boolean {
  return name === "check-ignore-label.gatekeeper.sh";
}

/** It edits objects, and lets the other webhook of Gatekeeper refuse them. */
const EDITOR = "mutation.gatekeeper.sh";

/** Of what EKS and GKE do themselves: the provider writes them, runs what answers them, and changes back what others change. */
const OF_PROVIDER = /\.(?:vpc\.k8s\.aws|common-webhooks\.networking\.gke\.io)$/;

/** Guards the cluster: a known engine's, or one that may refuse new pods. */
export function isSecurityWebhook(hook: Webhook): boolean {
  if (!isCalled(hook) || CHORES.test(hook.configuration.ref.name) || OF_PROVIDER.test(hook.name) || hook.name === EDITOR) return false;
  if (hook.engine) return true;
  return hook.mayRefuse && seesNewPods(hook);
}
