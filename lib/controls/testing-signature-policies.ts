import { configMap, deployment, namespace, node } from "../inventory/testing";

/** Policies that ask for signatures, of Kyverno, Sigstore and Ratify, with the webhooks that ask them and what spares from them. */
export const plain = [node(), namespace(), deployment()];
export const asks = (name: string) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name },
  webhooks: [
    {
      name: name === "policy.sigstore.dev" ? name : `validate.${name}.svc`,
      failurePolicy: "Fail",
      clientConfig: { service: { name: "webhook", namespace: name === "policy.sigstore.dev" ? "cosign-system" : name } },
      rules: [{ operations: ["CREATE", "UPDATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods", "pods/ephemeralcontainers"] }],
      ...(name === "policy.sigstore.dev" && { namespaceSelector: { matchLabels: { "policy.sigstore.dev/include": "true" } } }),
    },
  ],
});
/** The webhook of policy-controller with another field, such as its rules. */
export const asked = (part: object) => {
  const configuration = asks("policy.sigstore.dev");
  return { ...configuration, webhooks: configuration.webhooks.map((webhook) => ({ ...webhook, ...part })) };
};
const ATTESTORS = [{ entries: [{ keys: { publicKeys: "k8s://kyverno/cosign" } }] }];
export const kyverno = (rule: object = {}, verify: object = {}, spec: object = {}) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "signed" },
  spec: {
    rules: [
      {
        match: { any: [{ resources: { kinds: ["Pod"] } }] },
        verifyImages: [{ imageReferences: ["registry.example.com/*"], failureAction: "Enforce", attestors: ATTESTORS, ...verify }],
        ...rule,
      },
    ],
    ...spec,
  },
});
export const ofNamespace = (namespace: string) => ({ ...kyverno(), kind: "Policy", metadata: { name: "signed", namespace } });
export const sigstore = (spec: object = {}, name = "signed") => ({
  apiVersion: "policy.sigstore.dev/v1beta1",
  kind: "ClusterImagePolicy",
  metadata: { name },
  spec: { images: [{ glob: "registry.example.com/**" }], authorities: [{ keyless: {} }], ...spec },
});
export const shop = [...plain, asks("kyverno"), asks("gatekeeper"), asks("policy.sigstore.dev")];
export const INCLUDED = { "policy.sigstore.dev/include": "true" };
export const optedIn = namespace({ labels: INCLUDED });

/** Kyverno, which heeds exceptions or does not. */
export const running = (enabled: string) =>
  deployment({ name: "policy", namespace: "kyverno", container: { image: "ghcr.io/kyverno/kyverno:v1.17.1", args: [`--enablePolicyException=${enabled}`] } });
/** As its chart has it leave out where it runs. */
export const filtering = configMap({ name: "kyverno", namespace: "kyverno", data: { resourceFilters: "[Event,*,*] [*/*,kyverno,*]" } });
export const reports = deployment({ name: "reports", namespace: "kyverno", container: { image: "ghcr.io/kyverno/reports-controller:v1.17.1" } });
export const exception = (resources: object = {}) => ({
  apiVersion: "kyverno.io/v2",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop" },
  spec: {
    exceptions: [{ policyName: "signed", ruleNames: ["verify"] }],
    match: { any: [{ resources: { kinds: ["Pod"], namespaces: ["shop"], ...resources } }] },
  },
});
export const inCel = (spec: object = {}, metadata: object = {}, kind = "ImageValidatingPolicy") => ({
  apiVersion: "policies.kyverno.io/v1",
  kind,
  metadata: { name: "signed", ...metadata },
  spec: {
    validationActions: ["Deny"],
    attestors: [{ name: "a", cosign: {} }],
    matchImageReferences: [{ glob: "registry.example.com/*" }, { glob: "ghcr.io/kyverno/*" }],
    ...spec,
  },
});
export const inCelException = (spec: object = {}) => ({
  apiVersion: "policies.kyverno.io/v1",
  kind: "PolicyException",
  metadata: { name: "legacy", namespace: "shop" },
  spec: { policyRefs: [{ kind: "ImageValidatingPolicy", name: "signed" }], ...spec },
});
export const ratify = (spec: object) => ({
  apiVersion: "constraints.gatekeeper.sh/v1beta1",
  kind: "RatifyVerification",
  metadata: { name: "signed" },
  spec: { match: { excludedNamespaces: ["kube-*"] }, ...spec },
});
export const scoped = (point: string) => ({
  enforcementAction: "scoped",
  scopedEnforcementActions: [{ action: "deny", enforcementPoints: [{ name: point }] }],
});
export const named = (...references: readonly string[]) => kyverno({ name: "verify" }, { imageReferences: ["ghcr.io/kyverno/*", ...references] });
export const signed = (...globs: readonly string[]) => sigstore({ images: globs.map((glob) => ({ glob })) });
export const watched = [node(), optedIn, deployment(), asks("policy.sigstore.dev")];
export const noMatch = (value: string | undefined, namespaceName = "cosign-system") =>
  configMap({
    name: "config-policy-controller",
    namespace: namespaceName,
    data: { mode: undefined, _example: "no-match-policy: warn", ...(value && { "no-match-policy": value }) },
  });
export const debian = deployment({ name: "debian", container: { image: "debian:12" } });
export const onlyIf = (expression: string) => ({ matchConditions: [{ name: "a", expression }] });
