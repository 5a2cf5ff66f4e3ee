import { deployment, namespace, node, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./image-provenance-unverified";

const plain = [node(), namespace(), deployment()];
const asks = (name: string) => ({
  apiVersion: "admissionregistration.k8s.io/v1",
  kind: "ValidatingWebhookConfiguration",
  metadata: { name },
  webhooks: [
    {
      name: name === "policy.sigstore.dev" ? name : `validate.${name}.svc`,
      failurePolicy: "Fail",
      clientConfig: { service: { name, namespace: name } },
      rules: [{ operations: ["CREATE", "UPDATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods", "pods/ephemeralcontainers"] }],
      ...(name === "policy.sigstore.dev" && { namespaceSelector: { matchLabels: { "policy.sigstore.dev/include": "true" } } }),
    },
  ],
});
const kyverno = (rule: object = {}, verify: object = {}, spec: object = {}) => ({
  apiVersion: "kyverno.io/v1",
  kind: "ClusterPolicy",
  metadata: { name: "signed" },
  spec: {
    rules: [
      {
        match: { any: [{ resources: { kinds: ["Pod"] } }] },
        verifyImages: [{ imageReferences: ["registry.example.com/*"], failureAction: "Enforce", ...verify }],
        ...rule,
      },
    ],
    ...spec,
  },
});
const sigstore = (spec: object = {}) => ({
  apiVersion: "policy.sigstore.dev/v1beta1",
  kind: "ClusterImagePolicy",
  metadata: { name: "signed" },
  spec: { images: [{ glob: "registry.example.com/**" }], authorities: [{ keyless: {} }], ...spec },
});
const shop = [...plain, asks("kyverno"), asks("gatekeeper"), asks("policy.sigstore.dev")];
const optedIn = namespace({ labels: { "policy.sigstore.dev/include": "true" } });

describeControl(control, {
  fails: [
    { name: "nothing verifies images", objects: shop },
    { name: "a policy that only audits", objects: [...shop, kyverno({}, { failureAction: "Audit" })], evidence: [{ path: "spec.rules[0].verifyImages[0]" }] },
    {
      name: "a policy that only audits in this namespace",
      objects: [
        ...shop,
        kyverno(
          {},
          { failureAction: null },
          { validationFailureAction: "Enforce", validationFailureActionOverrides: [{ action: "Audit", namespaces: ["shop"] }] },
        ),
      ],
    },
    { name: "an action left to its default", objects: [...shop, kyverno({}, { failureAction: null })] },
    { name: "the images are not covered", objects: [...shop, kyverno({}, { imageReferences: ["ghcr.io/acme/*"] })] },
    {
      name: "one of two images is not covered",
      objects: [...shop, kyverno(), deployment({ name: "two", podSpec: { initContainers: [{ name: "i", image: "ghcr.io/acme/i:1.0.0" }] } })],
    },
    { name: "the namespace is excluded", objects: [...shop, kyverno({ exclude: { any: [{ resources: { namespaces: ["sh*"] } }] } })] },
    { name: "the namespace has not opted in", objects: [...shop, sigstore()] },
    { name: "a Sigstore policy that only warns", objects: [node(), optedIn, deployment(), asks("policy.sigstore.dev"), sigstore({ mode: "warn" })] },
    { name: "a Sigstore policy that no webhook asks", objects: [node(), optedIn, deployment(), sigstore()] },
    { name: "what is left of a Kyverno that was removed", objects: [...plain, kyverno()] },
    {
      name: "a policy of which all parts must match",
      objects: [...shop, kyverno({ match: { all: [{ resources: { kinds: ["Pod"] } }, { resources: { namespaces: ["other"] } }] } })],
    },
    {
      name: "a policy for pods with a label",
      objects: [...shop, kyverno({ match: { any: [{ resources: { kinds: ["Pod"], selector: { matchLabels: { signed: "yes" } } } }] } })],
    },
    {
      name: "a policy that a label leads out of",
      objects: [...shop, kyverno({ exclude: { any: [{ resources: { selector: { matchLabels: { skip: "yes" } } } }] } })],
    },
    {
      name: "a Connaisseur that fails open",
      objects: [
        ...shop,
        {
          apiVersion: "admissionregistration.k8s.io/v1",
          kind: "MutatingWebhookConfiguration",
          metadata: { name: "connaisseur-webhook" },
          webhooks: [{ name: "c", failurePolicy: "Ignore", rules: [{}], clientConfig: { service: { name: "connaisseur-svc" } } }],
        },
      ],
    },
  ],
  passes: [
    { name: "Kyverno enforces", objects: [...shop, kyverno()] },
    { name: "Kyverno enforces by the policy as a whole", objects: [...shop, kyverno({}, { failureAction: null }, { validationFailureAction: "enforce" })] },
    {
      name: "the newer Kyverno kind denies",
      objects: [
        ...shop,
        {
          apiVersion: "policies.kyverno.io/v1",
          kind: "ImageValidatingPolicy",
          metadata: { name: "signed" },
          spec: { validationActions: ["Deny"], attestors: [{ name: "a", cosign: {} }], matchImageReferences: [{ glob: "registry.example.com/*" }] },
        },
      ],
    },
    { name: "Sigstore in a namespace that opted in", objects: [node(), optedIn, deployment(), asks("policy.sigstore.dev"), sigstore()] },
    {
      name: "Kyverno enforces in this namespace",
      objects: [
        ...shop,
        kyverno(
          {},
          { failureAction: null },
          { validationFailureAction: "Audit", validationFailureActionOverrides: [{ action: "Enforce", namespaces: ["shop"] }] },
        ),
      ],
    },
    { name: "Kyverno leaves administrators out", objects: [...shop, kyverno({ exclude: { any: [{ clusterRoles: ["cluster-admin"] }] } })] },
    { name: "Kyverno leaves another namespace out", objects: [...shop, kyverno({ exclude: { any: [{ resources: { namespaces: ["other"] } }] } })] },
    {
      name: "Ratify through Gatekeeper",
      objects: [
        ...shop,
        {
          apiVersion: "constraints.gatekeeper.sh/v1beta1",
          kind: "RatifyVerification",
          metadata: { name: "signed" },
          spec: { match: { excludedNamespaces: ["kube-*"] } },
        },
      ],
    },
    {
      name: "the API server asks a webhook",
      objects: [
        ...shop,
        pod({
          name: "kube-apiserver-a",
          namespace: "kube-system",
          annotations: { "kubernetes.io/config.mirror": "1" },
          podLabels: { component: "kube-apiserver" },
          container: {
            name: "kube-apiserver",
            image: "registry.k8s.io/kube-apiserver:v1.36.0",
            command: ["kube-apiserver", "--enable-admission-plugins=NodeRestriction,ImagePolicyWebhook"],
          },
        }),
      ],
    },
  ],
  notApplicable: [{ name: "no workload", objects: [node(), namespace()] }],
  unknown: [
    { name: "GKE, whose own verifier cannot be seen", objects: [node({ labels: { "cloud.google.com/gke-nodepool": "a" } }), namespace(), deployment()] },
    { name: "policies cannot be listed", objects: shop, missing: ["policyEngineObjects"] },
    { name: "a set of manifests", objects: shop, complete: false },
  ],
});
