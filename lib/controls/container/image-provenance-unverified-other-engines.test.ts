import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { deployment, namespace, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import { plain, asks, asked, kyverno, sigstore, shop, optedIn, ratify, scoped, signed, watched, noMatch, onlyIf } from "../testing-signature-policies";
import control from "./image-provenance-unverified";

const POLICY_CONTROLLER = "ghcr.io/sigstore/policy-controller/policy-controller:v0.13.0";
const program = (home: string, image: string) => deployment({ name: "program", namespace: home, container: { image } });
const besidesItsHome = {
  ...asks("connaisseur"),
  webhooks: asks("connaisseur").webhooks.map((hook) => ({
    ...hook,
    namespaceSelector: { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values: ["connaisseur"] }] },
  })),
};

/** A webhook that is asked about pods, and about nothing below them. */
const ofPodsAlone = (name: string) => ({
  ...asks(name),
  webhooks: asks(name).webhooks.map((hook) => ({ ...hook, rules: hook.rules.map((rule) => ({ ...rule, resources: ["pods"] })) })),
});
const byConnaisseur = [...plain, { ...asks("connaisseur"), kind: "MutatingWebhookConfiguration" }];
/** An API server that has a plugin switched off. */
const without = (plugin: string) => [controlPlaneNode(), componentPod("kube-apiserver", [`--disable-admission-plugins=${plugin}`])];

describeControl(control, {
  fails: [
    {
      name: "a policy-controller that conditions keep from all pods",
      objects: [node(), optedIn, deployment(), asked(onlyIf("request.kind.kind != 'Pod'")), sigstore()],
    },
    {
      name: "Ratify in the audits of Gatekeeper alone",
      objects: [...shop, ratify(scoped("audit.gatekeeper.sh"))],
      evidence: [{ path: "" }, { path: "spec.enforcementAction", value: "scoped" }],
    },
    {
      name: "a policy-controller that warns of images which no policy names",
      objects: [...watched, signed("ghcr.io/**"), noMatch("warn")],
      evidence: [
        {
          path: "",
          message:
            "In namespace shop no enforcing policy covers the images of app. ValidatingWebhookConfiguration policy.sigstore.dev would, but images that no ClusterImagePolicy names are let through (no-match-policy: warn).",
        },
      ],
    },
    { name: "a policy-controller that allows images which no policy names", objects: [...watched, signed("registry.example.com/*"), noMatch("allow")] },
    { name: "a policy-controller without policies, which allows everything", objects: [...watched, noMatch("allow")] },
    { name: "images that no policy names in a namespace that has not opted in", objects: [...shop, signed("ghcr.io/**"), noMatch("deny")] },
    {
      name: "a glob that stops at a slash, and a policy that only warns for the rest",
      objects: [...watched, signed("registry.example.com/*"), sigstore({ images: [{ glob: "**" }], mode: "warn" }, "rest")],
    },
    {
      name: "a policy-controller that is asked about Deployments alone",
      objects: [
        node(),
        optedIn,
        deployment(),
        asked({ rules: [{ operations: ["*"], apiGroups: ["apps"], apiVersions: ["v1"], resources: ["deployments"] }] }),
        sigstore(),
      ],
    },
    { name: "a Sigstore policy that only warns", objects: [node(), optedIn, deployment(), asks("policy.sigstore.dev"), sigstore({ mode: "warn" })] },
    { name: "a Sigstore policy that no webhook asks", objects: [node(), optedIn, deployment(), sigstore()] },
    {
      name: "another program where Sigstore's runs, which it is not asked about",
      objects: [
        node(),
        optedIn,
        deployment(),
        namespace({ name: "cosign-system" }),
        program("cosign-system", "ghcr.io/stranger/app:1.0.0"),
        asks("policy.sigstore.dev"),
        sigstore(),
      ],
    },
    {
      name: "a program called like Sigstore's elsewhere, which it is not asked about",
      objects: [node(), optedIn, deployment(), namespace({ name: "other" }), program("other", POLICY_CONTROLLER), asks("policy.sigstore.dev"), sigstore()],
    },
    {
      name: "a policy-controller, where the API server asks no webhook that refuses",
      objects: [...watched, signed("registry.example.com/*"), noMatch("deny"), ...without("ValidatingAdmissionWebhook")],
    },
    { name: "a Connaisseur, where it asks none that changes", objects: [...byConnaisseur, ...without("MutatingAdmissionWebhook")] },
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
    ...[
      { what: "Kyverno", objects: [...plain, ofPodsAlone("kyverno"), kyverno()], paths: ["spec.rules[0].verifyImages[0]"] },
      {
        what: "a policy-controller",
        objects: [node(), optedIn, deployment(), ofPodsAlone("policy.sigstore.dev"), sigstore()],
        paths: ["spec.images", "webhooks[0]"],
      },
      { what: "Connaisseur", objects: [...plain, ofPodsAlone("connaisseur")], paths: ["webhooks[0]"] },
    ].map(({ what, objects, paths }) => ({
      name: `${what} that is not asked about what is added to a running pod`,
      objects,
      evidence: paths.map((path, index) => ({
        path,
        message: `${index === 0 ? "Verifies images and refuses what fails" : "Refuses images that no policy names"}. Containers that are added to a running pod are not seen.`,
      })),
    })),
    {
      name: "Kyverno that is",
      objects: [...plain, asks("kyverno"), kyverno()],
      evidence: [{ path: "spec.rules[0].verifyImages[0]", message: "Verifies images and refuses what fails." }],
    },
    {
      name: "a policy-controller that is asked by whoever is no kubelet",
      objects: [node(), optedIn, deployment(), asked(onlyIf("!('system:nodes' in request.userInfo.groups)")), sigstore()],
    },
    { name: "a policy-controller that denies images which no policy names", objects: [...watched, signed("ghcr.io/**"), noMatch("deny")] },
    { name: "a policy-controller whose settings are the shipped example", objects: [...watched, signed("ghcr.io/**"), noMatch(undefined)] },
    { name: "a policy-controller without settings", objects: [...watched, signed("ghcr.io/**")] },
    { name: "settings of another policy-controller", objects: [...watched, signed("ghcr.io/**"), noMatch("allow", "other")] },
    { name: "Sigstore in a namespace that opted in", objects: [node(), optedIn, deployment(), asks("policy.sigstore.dev"), sigstore()] },
    {
      name: "Sigstore everywhere but where its own program runs",
      objects: [
        node(),
        optedIn,
        deployment(),
        namespace({ name: "cosign-system" }),
        program("cosign-system", POLICY_CONTROLLER),
        asks("policy.sigstore.dev"),
        sigstore(),
      ],
      evidence: [
        { path: "spec.images" },
        { path: "webhooks[0]" },
        {
          path: "",
          message: `In namespace cosign-system nobody verifies the verifier itself: ${POLICY_CONTROLLER}. ValidatingWebhookConfiguration policy.sigstore.dev: Sigstore policy-controller leaves the namespace out.`,
        },
      ],
    },
    {
      name: "Connaisseur everywhere but where its own program runs",
      objects: [...plain, namespace({ name: "connaisseur" }), program("connaisseur", "docker.io/securesystemsengineering/connaisseur:v3.8.0"), besidesItsHome],
    },
    { name: "Ratify through Gatekeeper", objects: [...shop, ratify({})] },
    { name: "Ratify through the webhook of Gatekeeper", objects: [...shop, ratify(scoped("validation.gatekeeper.sh"))] },
  ],
  unknown: [
    {
      name: "a policy-controller that is asked about pods by a label of their own",
      objects: [node(), optedIn, deployment(), asked({ objectSelector: { matchLabels: { signed: "yes" } } }), sigstore()],
    },
    {
      name: "a policy-controller that is asked about requests by a condition",
      objects: [node(), optedIn, deployment(), asked(onlyIf("has(object.a)")), sigstore()],
    },
    { name: "a policy-controller whose webhook has no rules yet", objects: [node(), optedIn, deployment(), asked({ rules: undefined }), sigstore()] },
    {
      name: "a Connaisseur that is asked about pods by a label of their own",
      objects: [
        ...plain,
        { ...asks("connaisseur"), webhooks: asks("connaisseur").webhooks.map((hook) => ({ ...hook, objectSelector: { matchLabels: { a: "b" } } })) },
      ],
    },
    { name: "images that no policy names, and settings that were not read", objects: [...watched, signed("ghcr.io/**")], missing: ["configMaps"] },
  ],
});
