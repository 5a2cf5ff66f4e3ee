import { node } from "../inventory/testing";
import { nodeStartedWith } from "../inventory/nodes/testing-control-plane";
import { type ControlCases, describeControl } from "./testing";

/** The table of a control on flags of the control plane, and what holds for each of them: nothing is said where no pod shows the flags. */
export function describeComponentControl(control: unknown, { passes = [], notApplicable = [], unknown = [], ...cases }: ControlCases): void {
  describeControl(control, {
    ...cases,
    passes,
    notApplicable: [
      { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
      { name: "a set of manifests without it", objects: [] },
      ...notApplicable,
    ],
    unknown: [
      {
        name: "K3s runs it outside of pods",
        objects: [node({ annotations: { "k3s.io/node-args": "[]" } })],
        reason: "K3s runs the control plane outside of pods, so its flags are not in the API.",
      },
      { name: "a server of RKE2 that was given no flags, whose pods are not there", objects: [nodeStartedWith(["server"], { program: "rke2" })] },
      {
        name: "flags that an agent of K3s was given, which runs none of it",
        objects: [nodeStartedWith(["agent", ...["apiserver", "controller-manager", "scheduler"].flatMap((name) => [`--kube-${name}-arg`, "profiling=true"])])],
        reason: "K3s runs the control plane outside of pods, so its flags are not in the API.",
      },
      {
        name: "RKE2 runs it in pods, which are not there",
        objects: [node({ annotations: { "rke2.io/node-args": "[]" } })],
        reason: "No pod of the control plane is in kube-system, so its flags are not in the API.",
      },
      ...passes.map(({ name, evidence: _shown, ...rest }) => ({ ...rest, name: `${name}, in manifests that need not show every instance`, complete: false })),
      ...unknown,
    ],
  });
}
