import { node } from "../inventory/testing";
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
      { name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] },
      ...passes.map(({ name, objects }) => ({ name: `${name}, in manifests that need not show every instance`, objects, complete: false })),
      ...unknown,
    ],
  });
}
