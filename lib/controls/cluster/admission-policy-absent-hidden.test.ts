import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { deployment, engineWebhook, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import { shop } from "../testing-admission-policies";
import { kyverno, server } from "../testing-pod-security-guards";
import { EVERYTHING } from "../testing-tried-guards";
import control from "./admission-policy-absent";

const LEVEL = "pod-security.kubernetes.io/enforce";
const open = [namespace({ labels: { [LEVEL]: "privileged" } }), deployment()];
const withoutPlugin = [
  controlPlaneNode(),
  componentPod("kube-apiserver", ["--admission-control-config-file=/etc/kubernetes/admission.yaml", "--disable-admission-plugins=PodSecurity"]),
];
const DEFAULTS = "The API server reads its defaults for unlabelled namespaces from a file that the API does not show.";
const failingOpen = {
  ...engineWebhook("kyverno"),
  webhooks: [
    { name: "validate.kyverno.svc", failurePolicy: "Ignore", rules: EVERYTHING, clientConfig: { service: { namespace: "kyverno", name: "kyverno-svc" } } },
  ],
};
const POLICIES = "The API server reads settings of admission from a file that the API does not show; since Kubernetes 1.37 it may bring policies of its own.";

/** What an API server reads from files, and what was not read of what answers it. */
describeControl(control, {
  fails: [
    { name: "privileged by its own label, before the file could name policies", objects: [...open, server], kubeVersion: "1.36" },
    { name: "defaults in a file that nobody reads", objects: [...shop, ...withoutPlugin], kubeVersion: "1.36" },
  ],
  passes: [{ name: "a level by label", objects: [namespace({ labels: { [LEVEL]: "baseline" } }), deployment(), server], kubeVersion: "1.37" }],
  unknown: [
    {
      name: "the Services that may answer a webhook which fails open were not read",
      objects: [...shop, kyverno({}), failingOpen],
      missing: ["services"],
      reason: "Kyverno policy pod-security would refuse what violates it, but Kyverno's webhook fails open, and whether anything answers it was not read.",
    },
    { name: "defaults in a file", objects: [...shop, server], kubeVersion: "1.36", reason: DEFAULTS },
    { name: "privileged by its own label, where the file may name policies", objects: [...open, server], kubeVersion: "1.37", reason: POLICIES },
    { name: "without the plugin for levels, where the file may name policies", objects: [...shop, ...withoutPlugin], kubeVersion: "1.37", reason: POLICIES },
    { name: "an unknown version, which may be new", objects: [...open, server], reason: POLICIES },
  ],
});
