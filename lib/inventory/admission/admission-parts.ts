import { joinWords } from "../../model/join-words";
import type { ResourceRef } from "../../model/resource-ref";
import { resourceKey } from "../../model/resource-ref";
import { isRecord, record, records, text } from "../../model/json";
import { controlPlaneView, everyServerRuns } from "../nodes/control-plane";
import { whyPluginOffView } from "./admission-plugins";
import type { AdmissionPolicy } from "./admission-policy";
import { type ImageVerifier, NEW_ALONE } from "./image-verifier";
import { imageVerifiersView } from "./image-verifiers";
import type { KubeObject } from "../kube-object";
import { matchesSelector } from "../labels/label-selector";
import { FOR_NONE, isForNamespaced } from "./namespaced-policies";
import { scopesOf } from "./native-policies";
import { toLevels } from "./pod-security-labels";
import { placeOf, type PolicyNamespace } from "./policy-namespace";
import { admissionPoliciesView, isOpaqueEngine } from "./policy-enforcement";
import { listWebhooks, rulesOf, type Webhook } from "./security-webhook";
import { READ_FOR_HEARING, whyNoneHeard, type WhyUnheard, whyUnheardView } from "./unheard-webhooks";
import { defineView } from "../view";
import { addressOf } from "./webhook-address";

export const ADMISSION_GROUPS = ["pod-security", "policies", "images", "webhooks", "plugins"] as const;
export type AdmissionGroup = (typeof ADMISSION_GROUPS)[number];

/** refuses = it can say no; reports = it only warns or writes down; changes = it edits objects; off = nothing comes of it; hidden = nobody can see. */
type Enforcement = "refuses" | "reports" | "changes" | "off" | "hidden";

/** One thing that has a say when objects are admitted. */
export interface AdmissionPart {
  readonly group: AdmissionGroup;
  /** As people call it: "Kyverno", "Pod Security admission". */
  readonly system: string;
  /** Null = it is part of the API server. */
  readonly object: ResourceRef | null;
  readonly enforcement: Enforcement;
  /** One sentence without its full stop. */
  readonly does: string;
  /** Why it refuses less than it looks; null = nothing of that kind. */
  readonly laxBecause: string | null;
}

const MAX_NAMES = 4;

function someOf(names: readonly string[]): string {
  return joinWords([...new Set(names)], MAX_NAMES);
}

/** `off` = why nothing comes of the labels; null = the API server does as they say. */
function fromLabels(namespaces: readonly KubeObject[], off: string | null): AdmissionPart {
  const levels = namespaces.map((item) => toLevels(item.labels));
  const baseline = levels.filter(({ enforce }) => enforce === "baseline").length;
  const restricted = levels.filter(({ enforce }) => enforce === "restricted").length;
  const watching = levels.filter(({ enforce, audit, warn }) => enforce === "privileged" && (audit !== "privileged" || warn !== "privileged")).length;
  const enforcement: Enforcement = off !== null ? "off" : baseline + restricted > 0 ? "refuses" : watching > 0 ? "reports" : "off";
  const does = `Enforces restricted in ${restricted} and baseline in ${baseline} of ${namespaces.length} namespaces; only warns or audits in ${watching}`;
  return {
    group: "pod-security",
    system: "Pod Security admission",
    object: null,
    enforcement,
    does,
    laxBecause: off,
  };
}

function fromPolicy({ object, engine, laxBecause, unsureBecause, isUntold, spares, failsOpen, seesPods }: AdmissionPolicy): AdmissionPart {
  const what = seesPods ? "pods" : "other objects than pods";
  const does = laxBecause === null ? `Refuses what violates it: ${what}` : `Looks at ${what}, and refuses nothing`;
  const enforcement = laxBecause !== null ? "reports" : isUntold === true ? "hidden" : "refuses";
  const lax = laxBecause ?? unsureBecause ?? spares ?? (failsOpen ? "it fails open: what it cannot judge passes" : null);
  return { group: "policies", system: engine, object: object.ref, enforcement, does, laxBecause: lax };
}

/** Why a mutating policy edits nothing, as part of a sentence; null = it edits what it sees. */
function whyIdle(object: KubeObject, policies: readonly KubeObject[], places: readonly PolicyNamespace[]): string | null {
  const spec = record(object.body.spec);
  const bindings = policies.filter(({ ref, body }) => ref.kind === "MutatingAdmissionPolicyBinding" && record(body.spec).policyName === object.ref.name);
  if (bindings.length === 0) return "no binding puts it into effect";
  const selects = (binding: KubeObject, { labels }: PolicyNamespace): boolean =>
    scopesOf(spec, record(binding.body.spec)).every(({ namespaceSelector }) => matchesSelector(namespaceSelector, labels));
  const isNowhere = places.length > 0 && isForNamespaced(object) && !bindings.some((binding) => places.some((place) => selects(binding, place)));
  return isNowhere ? FOR_NONE : null;
}

function fromMutatingPolicy(object: KubeObject, policies: readonly KubeObject[], places: readonly PolicyNamespace[], off: string | null): AdmissionPart {
  const lax = whyIdle(object, policies, places) ?? off;
  return {
    group: "policies",
    system: "MutatingAdmissionPolicy",
    object: object.ref,
    enforcement: lax === null ? "changes" : "off",
    does: "Edits objects as they are admitted",
    laxBecause: lax,
  };
}

const VERIFIERS: Readonly<Record<string, string>> = {
  ClusterImagePolicy: "Sigstore policy-controller",
  ClusterPolicy: "Kyverno",
  Policy: "Kyverno",
  ImageValidatingPolicy: "Kyverno",
  NamespacedImageValidatingPolicy: "Kyverno",
};

function systemOf({ object }: ImageVerifier): string {
  const known = VERIFIERS[object.ref.kind];
  if (known !== undefined) return known;
  return listWebhooks(object).find((hook) => hook.engine !== null)?.engine ?? "Ratify";
}

/** One part for each object: it refuses when one of its rules does. */
function fromVerifiers(verifiers: readonly ImageVerifier[]): readonly AdmissionPart[] {
  return [...Map.groupBy(verifiers, ({ object }) => resourceKey(object.ref)).values()].flatMap((rules): AdmissionPart[] => {
    const [first] = rules;
    if (!first) return [];
    const findBy = (lax: string | null) => rules.find(({ laxBecause }) => laxBecause === lax);
    const refusing = findBy(null) ?? findBy(NEW_ALONE);
    const untold = refusing?.untoldBecause ?? null;
    const does = refusing ? "Refuses images whose signature does not verify" : "Checks image signatures, and refuses nothing";
    return [
      {
        group: "images",
        system: systemOf(first),
        object: first.object.ref,
        enforcement: refusing ? (untold === null ? "refuses" : "hidden") : "reports",
        does,
        laxBecause: untold ?? (refusing ?? first).laxBecause,
      },
    ];
  });
}

function backendOf(hook: Webhook): string {
  const { serviceName, url } = addressOf(hook);
  if (serviceName !== null) return serviceName;
  if (url !== null) return "an address outside the cluster";
  return text(record(hook.spec.clientConfig).url) === undefined ? "nothing" : "a program beside the API server";
}

function fromWebhooks(configuration: KubeObject, whyUnheard: WhyUnheard): readonly AdmissionPart[] {
  const hooks = listWebhooks(configuration);
  const [first] = hooks;
  if (!first) return [];
  const engine = hooks.find((hook) => hook.engine !== null)?.engine ?? null;
  const resources = someOf(
    hooks.flatMap((hook) => rulesOf(hook).flatMap((rule) => rule.resources)).map((item) => (item === "*" || item === "*/*" ? "everything" : item)),
  );
  const open = hooks.filter((hook) => hook.failsOpen).length;
  const opaque = engine !== null && isOpaqueEngine(engine) ? "; its policies are in its own configuration" : "";
  const verb = first.mayRefuse ? "may refuse" : "may change";
  const off = whyNoneHeard(hooks, whyUnheard);
  const [unheard] = hooks.flatMap((hook) => {
    const because = whyUnheard(hook);
    return because === null ? [] : `of ${hook.name}, ${because}`;
  });
  const lax =
    off ??
    unheard ??
    (open === 0 ? null : open === hooks.length ? "it fails open: without an answer, everything passes" : `${open} of its ${hooks.length} webhooks fail open`);
  return [
    {
      group: "webhooks",
      system: engine ?? "Webhook",
      object: configuration.ref,
      enforcement: off !== null ? "off" : first.mayRefuse ? "refuses" : "changes",
      does: `${someOf(hooks.map(backendOf))} ${verb} ${resources === "" ? "nothing: it has no rule" : resources}${opaque}`,
      laxBecause: lax,
    },
  ];
}

/** Plugins of the API server that decide by themselves, in the order of how much they matter. */
const PLUGINS: Readonly<Record<string, string>> = {
  ImagePolicyWebhook: "Asks a webhook of its own about every image; what it does without an answer is in a file",
  NodeRestriction: "Keeps kubelets to the objects of their own node",
  AlwaysPullImages: "Has every image pulled anew, so that the right to pull is checked",
  EventRateLimit: "Limits how many events may be written",
  DenyServiceExternalIPs: "Refuses external IPs of Services",
  AlwaysAdmit: "Admits everything",
};

const HIDDEN = "Its admission plugins cannot be seen: no pod of the control plane is readable, because a managed service runs it or it runs outside of pods";

/** Null = nobody can see them. */
function fromPlugins(enabled: ReadonlySet<string> | null): readonly AdmissionPart[] {
  if (!enabled) return [{ group: "plugins", system: "API server", object: null, enforcement: "hidden", does: HIDDEN, laxBecause: null }];
  return Object.entries(PLUGINS).flatMap(([name, does]): AdmissionPart[] =>
    enabled.has(name)
      ? [
          {
            group: name === "ImagePolicyWebhook" ? "images" : "plugins",
            system: name,
            object: null,
            enforcement: name === "AlwaysPullImages" ? "changes" : name === "AlwaysAdmit" ? "off" : "refuses",
            does,
            laxBecause: null,
          },
        ]
      : [],
  );
}

/** Validates beside verifying: such a Kyverno policy is both. */
function isPolicyToo(policy: AdmissionPolicy, verifiers: ReadonlySet<string>): boolean {
  return !verifiers.has(resourceKey(policy.object.ref)) || records(record(policy.object.body.spec).rules).some((rule) => isRecord(rule.validate));
}

/** Everything that has a say at admission, as its objects and the flags of the API server show. */
export const admissionPartsView = defineView({
  reads: [...READ_FOR_HEARING, "namespaces", "admissionPolicies", "policyEngineObjects", "configMaps"],
  compute: (context): readonly AdmissionPart[] => {
    const { slices } = context;
    const plane = context.view(controlPlaneView);
    const servers = plane.of("kube-apiserver");
    const named = new Set(servers.flatMap(({ flags }) => flags.listOf("enable-admission-plugins")));
    const enabled = new Set([...named].filter((name) => name === "AlwaysAdmit" || everyServerRuns(plane, name)));
    const whyOff = context.view(whyPluginOffView);
    const whyUnheard = context.view(whyUnheardView);
    const verifiers = context.view(imageVerifiersView).filter(({ isFallback }) => !isFallback);
    // Elsewhere than in a whole cluster, others may lie elsewhere.
    const places = context.isComplete ? slices.namespaces.map(placeOf) : [];
    const verifying = new Set(verifiers.map(({ object }) => resourceKey(object.ref)));
    return [
      fromLabels(slices.namespaces, whyOff("PodSecurity")),
      ...context
        .view(admissionPoliciesView)
        .filter((policy) => isPolicyToo(policy, verifying))
        .map(fromPolicy),
      ...slices.admissionPolicies
        .filter((item) => item.ref.kind === "MutatingAdmissionPolicy")
        .map((item) => fromMutatingPolicy(item, slices.admissionPolicies, places, whyOff("MutatingAdmissionPolicy"))),
      ...fromVerifiers(verifiers),
      ...slices.webhooks.filter((item) => !verifying.has(resourceKey(item.ref))).flatMap((item) => fromWebhooks(item, whyUnheard)),
      ...fromPlugins(servers.length === 0 ? null : enabled),
    ];
  },
});
