import { isRecord, list, record, text, texts } from "../model/json";
import { askedEnginesView, type IsAsked, silenceOf } from "./asked-engines";
import { whyConstraintOnlyReports } from "./gatekeeper-action";
import { type ImageVerifier, toCover } from "./image-verifier";
import type { KubeObject } from "./kube-object";
import { kyvernoExemptionsView } from "./kyverno-exceptions";
import { matchesSelector } from "./label-selector";
import { matchesSome } from "./matches-glob";
import { fromImageValidatingPolicy, fromKyvernoPolicy } from "./kyverno-verifiers";
import { fromSigstore } from "./sigstore-verifiers";
import { defineView } from "./view";

function fromRatify(object: KubeObject, isAsked: IsAsked): ImageVerifier[] {
  if (!/ratify/i.test(object.ref.kind)) return [];
  const spec = record(object.body.spec);
  const match = record(spec.match);
  const included = texts(match.namespaces);
  const excluded = texts(match.excludedNamespaces);
  return [
    {
      object,
      path: "spec.enforcementAction",
      laxBecause: whyConstraintOnlyReports(object) ?? silenceOf("Gatekeeper", isAsked),
      coverOf: (namespace) =>
        toCover(
          (included.length === 0 || matchesSome(included, namespace.name)) &&
            !matchesSome(excluded, namespace.name) &&
            (!isRecord(match.namespaceSelector) || matchesSelector(match.namespaceSelector, namespace.labels)),
        ),
    },
  ];
}

/** Verifiers that are a webhook and nothing else: what they accept is in their own configuration. */
function fromWebhook(object: KubeObject): ImageVerifier[] {
  return list(object.body.webhooks).flatMap((item, i): ImageVerifier[] => {
    const hook = record(item);
    const service = text(record(record(hook.clientConfig).service).name) ?? "";
    if (!/connaisseur|portieris/.test(`${object.ref.name} ${service} ${text(hook.name) ?? ""}`) || list(hook.rules).length === 0) return [];
    const lax = hook.failurePolicy === "Ignore" ? "its webhook fails open" : null;
    return [
      {
        object,
        path: `webhooks[${i}]`,
        laxBecause: lax,
        coverOf: (namespace) => toCover(!isRecord(hook.namespaceSelector) || matchesSelector(hook.namespaceSelector, namespace.labels)),
      },
    ];
  });
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
      if (kind === "ImageValidatingPolicy" || kind === "NamespacedImageValidatingPolicy") return fromImageValidatingPolicy(object, silence, findExemption);
      if (kind === "ClusterPolicy" || kind === "Policy") return fromKyvernoPolicy(object, silence, findExemption);
      return fromRatify(object, isAsked);
    });
    const ofSigstore = fromSigstore(
      slices.policyEngineObjects.filter(({ ref }) => ref.kind === "ClusterImagePolicy"),
      slices.webhooks,
      context.isRead("configMaps") ? slices.configMaps : null,
    );
    return [...fromPolicies, ...ofSigstore, ...slices.webhooks.flatMap(fromWebhook)];
  },
});
