import type { Component } from "../inventory/control-plane";
import { node } from "../inventory/testing";
import { componentPod, controlPlaneNode } from "../inventory/testing-control-plane";
import { type ControlCase, describeControl } from "./testing";

/** The table of a control on the profiling data of a component: each is told by the same flag. */
export function describeProfilingControl(control: unknown, component: Component, other: Component, unknown: readonly ControlCase[] = []): void {
  const started = (...flags: string[]) => [controlPlaneNode(), componentPod(component, flags)];
  describeControl(control, {
    fails: [
      { name: "left on", objects: started(), evidence: [{ path: "spec.containers[0].command", check: `${component} profiling` }], severity: "low" },
      { name: "switched on", objects: started("--profiling=True") },
      { name: "neither on nor off", objects: started("--profiling=no") },
    ],
    passes: [
      { name: "off", objects: started("--profiling=false") },
      {
        name: "off in another spelling, whatever another component does",
        objects: [...started("--profiling=False"), componentPod(other, ["--profiling=true"])],
      },
    ],
    notApplicable: [
      { name: "a managed service runs the control plane", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })] },
      { name: "a set of manifests without it", objects: [] },
    ],
    unknown: [
      { name: "K3s runs it outside of pods", objects: [node({ annotations: { "k3s.io/node-args": "[]" } })] },
      { name: "only another component is shown", objects: [controlPlaneNode(), componentPod(other, ["--profiling=false"])] },
      ...unknown,
    ],
  });
}
