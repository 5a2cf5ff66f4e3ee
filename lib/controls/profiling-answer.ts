import { toSwitch } from "../inventory/nodes/component-flags";
import { type Component, controlPlaneView } from "../inventory/nodes/control-plane";
import type { Context } from "../inventory/view";
import { componentAnswer, flagWeakness } from "./component-answer";
import type { Outcome } from "./define";

/** Whether a component serves profiling data, which each does unless it is told not to. */
export function profilingAnswer(context: Context<"workloads" | "nodes">, component: Component): Outcome {
  return componentAnswer(context.view(controlPlaneView), component, (instance) => {
    // A scheduler with a configuration file takes no notice of the flag.
    if (component === "kube-scheduler" && instance.flags.get("config"))
      return "Whether kube-scheduler serves profiling data is in a configuration file that the API does not show.";
    return toSwitch(instance.flags.get("profiling")) === false ? [] : [flagWeakness(instance, "profiling", `${component} serves profiling data.`)];
  });
}
