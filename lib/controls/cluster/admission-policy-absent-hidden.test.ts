import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { deployment, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import { shop } from "../testing-admission-policies";
import { server } from "../testing-pod-security-guards";
import control from "./admission-policy-absent";

const LEVEL = "pod-security.kubernetes.io/enforce";
const open = [namespace({ labels: { [LEVEL]: "privileged" } }), deployment()];
const withoutPlugin = [
  controlPlaneNode(),
  componentPod("kube-apiserver", ["--admission-control-config-file=/etc/kubernetes/admission.yaml", "--disable-admission-plugins=PodSecurity"]),
];
const DEFAULTS = "The API server reads its defaults for unlabelled namespaces from a file that the API does not show.";
const POLICIES = "The API server reads settings of admission from a file that the API does not show; since Kubernetes 1.37 it may bring policies of its own.";

/** What an API server reads from files. */
describeControl(control, {
  fails: [
    { name: "privileged by its own label, before the file could name policies", objects: [...open, server], kubeVersion: "1.36" },
    { name: "defaults in a file that nobody reads", objects: [...shop, ...withoutPlugin], kubeVersion: "1.36" },
  ],
  passes: [{ name: "a level by label", objects: [namespace({ labels: { [LEVEL]: "baseline" } }), deployment(), server], kubeVersion: "1.37" }],
  unknown: [
    { name: "defaults in a file", objects: [...shop, server], kubeVersion: "1.36", reason: DEFAULTS },
    { name: "privileged by its own label, where the file may name policies", objects: [...open, server], kubeVersion: "1.37", reason: POLICIES },
    { name: "without the plugin for levels, where the file may name policies", objects: [...shop, ...withoutPlugin], kubeVersion: "1.37", reason: POLICIES },
    { name: "an unknown version, which may be new", objects: [...open, server], reason: POLICIES },
  ],
});
