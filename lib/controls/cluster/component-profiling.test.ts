import { node } from "../../inventory/testing";
import { componentPod, controlPlaneNode } from "../../inventory/testing-control-plane";
import { describeControl } from "../testing";
import control from "./component-profiling";

const server = (...flags: string[]) => [controlPlaneNode(), componentPod("kube-scheduler", flags)];

describeControl(control, {
  fails: [
    { name: "left on", objects: server() },
    { name: "switched on", objects: server("--profiling=True") },
    { name: "every alpha feature", objects: server("--profiling=false", "--feature-gates=AllAlpha=true"), severity: "medium" },
    {
      name: "every alpha feature, the last time that the switch is written",
      objects: server("--profiling=false", "--feature-gates=AllAlpha=false", "--feature-gates=kube:AllAlpha=true"),
      severity: "medium",
    },
    {
      name: "requests may take an hour",
      objects: [controlPlaneNode(), componentPod("kube-apiserver", ["--profiling=false", "--request-timeout=1h"])],
      severity: "info",
    },
  ],
  passes: [
    {
      name: "off on all three",
      objects: [
        controlPlaneNode(),
        ...(["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).map((component) =>
          componentPod(component, ["--profiling=false", "--request-timeout=2m30s"]),
        ),
      ],
    },
    {
      name: "alpha features are switched off again",
      objects: [
        controlPlaneNode(),
        ...(["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).map((component) =>
          componentPod(component, ["--profiling=false", "--feature-gates=AllAlpha=true,Other=true", "--feature-gates=AllAlpha=false"]),
        ),
      ],
    },
    {
      name: "off in another spelling",
      objects: [
        controlPlaneNode(),
        ...(["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const).map((component) => componentPod(component, ["--profiling=False"])),
      ],
    },
  ],
  notApplicable: [
    { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
    { name: "a set of manifests without it", objects: [] },
  ],
  unknown: [
    { name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] },
    {
      name: "the scheduler has it in a file",
      objects: [
        controlPlaneNode(),
        ...(["kube-apiserver", "kube-controller-manager"] as const).map((component) => componentPod(component, ["--profiling=false"])),
        componentPod("kube-scheduler", ["--config=/etc/kubernetes/scheduler.yaml"]),
      ],
    },
    { name: "one of them is not shown", objects: server("--profiling=false") },
  ],
});
