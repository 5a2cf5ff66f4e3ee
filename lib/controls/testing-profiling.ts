import type { Component } from "../inventory/nodes/control-plane";
import { componentPod, controlPlaneOf } from "../inventory/nodes/testing-control-plane";
import type { ControlCase } from "./testing";
import { describeComponentControl } from "./testing-component";

/** The table of a control on the profiling data of a component: each is told by the same flag. */
export function describeProfilingControl(control: unknown, component: Component, other: Component, unknown: readonly ControlCase[] = []): void {
  const started = controlPlaneOf(component);
  describeComponentControl(control, {
    fails: [
      { name: "left on", objects: started(), evidence: [{ path: "spec.containers[0].command", check: `${component} profiling` }], severity: "low" },
      { name: "switched on", objects: started("--profiling=True") },
      {
        name: "on, since a switch takes no word behind it",
        objects: started("--profiling", "false"),
        evidence: [{ path: "spec.containers[0].command[1]", value: "--profiling false" }],
      },
      { name: "neither on nor off", objects: started("--profiling=no") },
    ],
    passes: [
      { name: "off", objects: started("--profiling=false") },
      {
        name: "off in another spelling, whatever another component does",
        objects: [...started("--profiling=False"), componentPod(other, ["--profiling=true"])],
      },
    ],
    unknown: [{ name: "only another component is shown", objects: controlPlaneOf(other)("--profiling=false") }, ...unknown],
  });
}
