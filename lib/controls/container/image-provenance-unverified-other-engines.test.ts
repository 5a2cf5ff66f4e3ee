import { deployment, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import { plain, asks, asked, sigstore, shop, optedIn, ratify, scoped, signed, watched, noMatch, onlyIf } from "../testing-signature-policies";
import control from "./image-provenance-unverified";

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
    {
      name: "a policy-controller that is asked by whoever is no kubelet",
      objects: [node(), optedIn, deployment(), asked(onlyIf("!('system:nodes' in request.userInfo.groups)")), sigstore()],
    },
    { name: "a policy-controller that denies images which no policy names", objects: [...watched, signed("ghcr.io/**"), noMatch("deny")] },
    { name: "a policy-controller whose settings are the shipped example", objects: [...watched, signed("ghcr.io/**"), noMatch(undefined)] },
    { name: "a policy-controller without settings", objects: [...watched, signed("ghcr.io/**")] },
    { name: "settings of another policy-controller", objects: [...watched, signed("ghcr.io/**"), noMatch("allow", "other")] },
    { name: "Sigstore in a namespace that opted in", objects: [node(), optedIn, deployment(), asks("policy.sigstore.dev"), sigstore()] },
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
