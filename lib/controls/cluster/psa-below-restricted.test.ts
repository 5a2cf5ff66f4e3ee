import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { deployment, namespace } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./psa-below-restricted";

const PREFIX = "pod-security.kubernetes.io/";
const level = (enforce: string | undefined, labels: Record<string, string> = {}) => namespace({ labels: { [`${PREFIX}enforce`]: enforce, ...labels } });
const quiet = { [`${PREFIX}audit`]: "restricted", [`${PREFIX}warn`]: "restricted" };
const needsBaseline = deployment({ podSpec: { securityContext: { seccompProfile: undefined } } });

describeControl(control, {
  fails: [
    {
      name: "everything meets restricted",
      objects: [level("baseline", quiet), deployment()],
      severity: "low",
      evidence: [{ path: `metadata.labels["${PREFIX}enforce"]`, message: "The one workload of the namespace meets restricted already." }],
    },
    {
      name: "two workloads that meet restricted",
      objects: [level("baseline", quiet), deployment(), deployment({ name: "other" })],
      evidence: [{ path: `metadata.labels["${PREFIX}enforce"]`, message: "Both workloads of the namespace meet restricted already." }],
    },
    {
      name: "something needs baseline, and nothing warns",
      objects: [level("baseline", { [`${PREFIX}warn`]: "baseline" }), needsBaseline],
      evidence: [
        { path: `metadata.labels["${PREFIX}audit"]`, message: "Nothing says what restricted would refuse: audit is not set." },
        { path: `metadata.labels["${PREFIX}warn"]`, message: "Nothing says what restricted would refuse: warn is baseline." },
      ],
    },
    {
      name: "something needs baseline, and both labels are absent",
      objects: [level("baseline"), needsBaseline],
      evidence: [{ path: `metadata.labels["${PREFIX}audit"]` }, { path: `metadata.labels["${PREFIX}warn"]` }],
    },
    { name: "an empty namespace that does not warn", objects: [level("baseline")] },
  ],
  passes: [
    { name: "restricted", objects: [level("restricted"), deployment()] },
    { name: "something needs baseline, and restricted warns", objects: [level("baseline", quiet), needsBaseline] },
  ],
  notApplicable: [
    { name: "nothing is enforced", objects: [level(undefined), deployment()] },
    {
      name: "the plugin behind the labels is switched off",
      objects: [level("restricted"), controlPlaneNode(), componentPod("kube-apiserver", ["--disable-admission-plugins=PodSecurity"])],
    },
    { name: "a namespace of the platform", objects: [namespace({ name: "kube-system" })] },
  ],
  unknown: [
    { name: "workloads could not be read", objects: [level("baseline")], missing: ["workloads"] },
    {
      name: "everything meets restricted as far as is known, on a server that may check more",
      objects: [level("baseline", quiet), deployment()],
      kubeVersion: "1.38",
      reason: "Its workloads meet restricted as far as is known: Kubernetes 1.38 may check more than policy version 1.37, the newest that is known here.",
    },
  ],
});
