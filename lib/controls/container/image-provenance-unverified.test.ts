import { daemonSet, deployment, namespace, node, pod } from "../../inventory/testing";
import { componentPod } from "../../inventory/nodes/testing-control-plane";
import { describeControl } from "../testing";
import {
  plain,
  asks,
  kyverno,
  ofNamespace,
  sigstore,
  shop,
  INCLUDED,
  optedIn,
  running,
  filtering,
  reports,
  exception,
  inCel,
  inCelException,
  named,
  watched,
  debian,
  onlyIf,
} from "../testing-signature-policies";
import control from "./image-provenance-unverified";

/** A webhook that lets through what nothing answers for. */
const failingOpen = ({ webhooks, ...configuration }: ReturnType<typeof asks>, resource = "pods") => ({
  ...configuration,
  webhooks: webhooks.map((hook) => ({ ...hook, failurePolicy: "Ignore", rules: hook.rules.map((rule) => ({ ...rule, resources: [resource] })) })),
});

describeControl(control, {
  fails: [
    {
      name: "Kyverno, of which only a webhook about other objects is there, and nothing answers it",
      objects: [...plain, failingOpen(asks("kyverno"), "widgets"), kyverno()],
    },
    {
      name: "the same where the Services were not read",
      objects: [...plain, failingOpen(asks("kyverno"), "widgets"), kyverno()],
      missing: ["services"],
    },
    {
      name: "a policy that an exception takes the namespace out of",
      objects: [...plain, running("true"), named("registry.example.com/*"), exception()],
      evidence: [
        {
          path: "",
          message:
            "In namespace shop no enforcing policy covers the images of app. ClusterPolicy signed: PolicyException shop/legacy takes all of them out of it.",
        },
      ],
    },
    {
      name: "a policy that names nobody whose signature it asks for",
      objects: [...shop, kyverno({}, { attestors: [{ entries: [] }], mutateDigest: true })],
      evidence: [{ path: "" }, { path: "spec.rules[0].verifyImages[0]", message: "Verifies images, but it names nobody whose signature it asks for." }],
    },
    {
      name: "a policy that sees new pods alone",
      objects: [...shop, kyverno({ match: { any: [{ resources: { kinds: ["Pod"], operations: ["CREATE"] } }] } })],
      evidence: [
        { path: "" },
        {
          path: "spec.rules[0].verifyImages[0]",
          message: "Verifies images, but it sees what is made alone: the image of a running pod may be changed to any.",
        },
      ],
    },
    { name: "a policy of another namespace", objects: [...shop, ofNamespace("other")] },
    {
      name: "a policy in CEL for namespaces with another label",
      objects: [...shop, inCel({ matchConstraints: { namespaceSelector: { matchLabels: { team: "bank" } } } })],
    },
    { name: "images that a policy skips", objects: [...shop, kyverno({}, { skipImageReferences: ["*/shop/*"] })] },
    {
      name: "an enforcing policy for other images, and one for chosen objects that only audits",
      objects: [...shop, kyverno({}, { imageReferences: ["ghcr.io/*"] }), inCel({ validationActions: ["Audit"], ...onlyIf("x") }, { name: "b" })],
    },
    { name: "a policy in CEL with an exception from all of it", objects: [...plain, running("true"), inCel(), inCelException()] },
    {
      name: "a policy in CEL of another namespace",
      objects: [...plain, asks("kyverno"), inCel({}, { namespace: "other" }, "NamespacedImageValidatingPolicy")],
    },
    {
      name: "a policy in CEL that a label leads out of",
      objects: [...shop, inCel({ matchConstraints: { objectSelector: { matchLabels: { signed: "yes" } } } })],
    },
    { name: "a policy in CEL that is not used at admission", objects: [...shop, inCel({ evaluation: { admission: { enabled: false } } })] },
    { name: "a policy in CEL whose webhook fails open", objects: [...shop, inCel({ failurePolicy: "Ignore" })] },
    {
      name: "a policy for Docker Hub, and images of another registry",
      objects: [...shop, kyverno({}, { imageReferences: ["docker.io/*", "index.docker.io/*"] })],
    },
    { name: "nothing verifies images", objects: shop },
    {
      name: "a policy whose conditions keep it from what is made",
      objects: [...shop, kyverno({ preconditions: [{ key: "{{ request.operation }}", operator: "AnyNotIn", value: ["CREATE", "DELETE"] }] })],
    },
    {
      name: "a policy whose webhook looks at what is changed alone",
      objects: [...shop, kyverno({}, {}, { webhookConfiguration: onlyIf('request.operation == "UPDATE"') })],
    },
    {
      name: "one of two API servers asks a webhook about every image",
      objects: [
        ...plain,
        componentPod("kube-apiserver", ["--enable-admission-plugins=ImagePolicyWebhook"]),
        componentPod("kube-apiserver", ["--enable-admission-plugins=NodeRestriction"], { node: "cp-2" }),
      ],
    },
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
    { name: "a policy that is not used at admission", objects: [...shop, kyverno({}, {}, { admission: false })] },
    {
      name: "a policy whose webhook fails open, as newer releases write it",
      objects: [...shop, kyverno({}, {}, { webhookConfiguration: { failurePolicy: "Ignore" } })],
    },
    {
      name: "a policy about what is changed",
      objects: [...shop, kyverno({ match: { any: [{ resources: { kinds: ["Pod"], operations: ["UPDATE"] } }] } })],
    },
    {
      name: "a policy that only audits where a namespace has these labels",
      objects: [
        ...shop,
        kyverno(
          {},
          { failureAction: null },
          {
            validationFailureAction: "Enforce",
            validationFailureActionOverrides: [{ action: "Audit", namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } }],
          },
        ),
      ],
    },
    { name: "the namespace is excluded", objects: [...shop, kyverno({ exclude: { any: [{ resources: { namespaces: ["sh*"] } }] } })] },
    { name: "the namespace has not opted in", objects: [...shop, sigstore()] },
    {
      name: "other programs where Kyverno runs, which leaves that out",
      objects: [...plain, running("false"), filtering, named("registry.example.com/*"), deployment({ name: "scanner", namespace: "kyverno" })],
      evidence: [
        { path: "", message: "In namespace kyverno no enforcing policy covers the images of scanner. ClusterPolicy signed: Kyverno leaves the namespace out." },
      ],
    },
    {
      name: "programs of Kyverno, where what verifies images is another",
      objects: [...watched, running("false"), filtering, sigstore()],
    },
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
  ],
  passes: [
    {
      name: "a rule of Kyverno for whatever is a pod",
      objects: [...shop, kyverno({ celPreconditions: [{ name: "a", expression: "request.kind.kind == 'Pod'" }] })],
    },
    {
      name: "Kyverno by its image, with an exception that it does not heed",
      objects: [...plain, running("false"), named("registry.example.com/*"), exception()],
    },
    { name: "an exception for another namespace", objects: [...plain, running("true"), named("registry.example.com/*"), exception({ namespaces: ["other"] })] },
    {
      name: "a policy in CEL of the namespace itself",
      objects: [...plain, asks("kyverno"), inCel({}, { namespace: "shop" }, "NamespacedImageValidatingPolicy")],
    },
    { name: "a policy of the namespace itself", objects: [...shop, ofNamespace("shop")] },
    {
      name: "a policy in CEL for namespaces with its label",
      objects: [node(), optedIn, deployment(), asks("kyverno"), inCel({ matchConstraints: { namespaceSelector: { matchLabels: INCLUDED } } })],
    },
    { name: "a policy in CEL that leaves its action to the default", objects: [...plain, asks("kyverno"), inCel({ validationActions: undefined })] },
    {
      name: "an exception from a policy of the same name and another kind",
      objects: [...plain, running("true"), inCel(), inCelException({ policyRefs: [{ kind: "ValidatingPolicy", name: "signed" }] })],
    },
    {
      name: "a policy for Docker Hub, written out",
      objects: [node(), namespace(), debian, asks("kyverno"), kyverno({}, { imageReferences: ["docker.io/library/debian:*"] })],
    },
    { name: "Kyverno enforces", objects: [...shop, kyverno()] },
    {
      name: "Kyverno enforces everywhere but where its own programs run",
      objects: [...plain, running("false"), reports, filtering, named("registry.example.com/*")],
      evidence: [
        { path: "spec.rules[0].verifyImages[0]" },
        {
          path: "",
          message:
            "In namespace kyverno nobody verifies the verifier itself: ghcr.io/kyverno/kyverno:v1.17.1 and ghcr.io/kyverno/reports-controller:v1.17.1. ClusterPolicy signed: Kyverno leaves the namespace out.",
        },
      ],
    },
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
    {
      name: "Kyverno leaves out what is deleted",
      objects: [...shop, kyverno({ exclude: { any: [{ resources: { kinds: ["Pod"], operations: ["DELETE"] } }] } })],
    },
    {
      name: "a webhook of Kyverno that does not fail open, whatever the older field says",
      objects: [...shop, kyverno({}, {}, { failurePolicy: "Ignore", webhookConfiguration: { failurePolicy: "Fail" } })],
    },
    {
      name: "Kyverno looks at whatever is made",
      objects: [
        ...shop,
        kyverno(
          {
            preconditions: { all: [{ key: "{{ request.operation || 'BACKGROUND' }}", operator: "NotEquals", value: "DELETE" }] },
            celPreconditions: [{ name: "a", expression: "request.operation != 'DELETE'" }],
          },
          {},
          { webhookConfiguration: onlyIf('request.operation in ["CREATE", "UPDATE"]') },
        ),
      ],
    },
    { name: "Kyverno leaves administrators out", objects: [...shop, kyverno({ exclude: { any: [{ clusterRoles: ["cluster-admin"] }] } })] },
    { name: "Kyverno leaves another namespace out", objects: [...shop, kyverno({ exclude: { any: [{ resources: { namespaces: ["other"] } }] } })] },
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
  notApplicable: [
    { name: "no workload", objects: [node(), namespace()], reason: "No workload runs here." },
    {
      name: "only what belongs to the platform",
      objects: [node(), namespace(), daemonSet({ name: "kube-proxy", namespace: "kube-system" })],
      reason: "No workload runs here outside of the platform.",
    },
  ],
  unknown: [
    {
      name: "Kyverno, whose webhook fails open, where the Services that may answer it were not read",
      objects: [...plain, failingOpen(asks("kyverno")), kyverno()],
      missing: ["services"],
      reason:
        "In namespace shop it is unknown whether the images of app are verified. ClusterPolicy signed: Kyverno's webhook fails open, and whether anything answers it was not read.",
    },
    {
      name: "a Kyverno that is asked about pods by a label of their own",
      objects: [
        ...plain,
        { ...asks("kyverno"), webhooks: asks("kyverno").webhooks.map((hook) => ({ ...hook, objectSelector: { matchLabels: { a: "b" } } })) },
        kyverno(),
      ],
      reason: "In namespace shop it is unknown whether the images of app are verified. ClusterPolicy signed: Kyverno is asked about chosen objects only.",
    },
    {
      name: "a policy whose conditions choose what it looks at",
      objects: [...shop, kyverno({ preconditions: { all: [{ key: "{{ request.object.metadata.name }}", operator: "Equals", value: "a" }] } })],
    },
    { name: "a Kyverno whose settings were not read", objects: [...shop, kyverno()], missing: ["configMaps"] },
    { name: "an exception that Kyverno may heed", objects: [...shop, named("registry.example.com/*"), exception()] },
    { name: "an exception for some pods", objects: [...plain, running("true"), named("registry.example.com/*"), exception({ names: ["legacy-*"] })] },
    { name: "an exception for some images", objects: [...plain, running("true"), inCel(), inCelException({ images: ["registry.example.com/*"] })] },
    { name: "images that are chosen in CEL", objects: [...shop, inCel({ matchImageReferences: [{ expression: "image.startsWith('x')" }] })] },
    {
      name: "objects that a policy in CEL leaves out by its rules",
      objects: [...shop, inCel({ matchConstraints: { excludeResourceRules: [{ apiGroups: [""], resources: ["pods"], resourceNames: ["x"] }] } })],
    },
    { name: "objects that are chosen in CEL", objects: [...shop, inCel(onlyIf("object.x"))] },
    {
      name: "a policy for chosen objects",
      objects: [...watched, sigstore({ match: [{ resource: "pods", version: "v1", selector: { matchLabels: { a: "b" } } }] })],
    },
    { name: "GKE, whose own verifier cannot be seen", objects: [node({ labels: { "cloud.google.com/gke-nodepool": "a" } }), namespace(), deployment()] },
    { name: "policies cannot be listed", objects: shop, missing: ["policyEngineObjects"] },
    { name: "a set of manifests", objects: shop, complete: false },
  ],
});
