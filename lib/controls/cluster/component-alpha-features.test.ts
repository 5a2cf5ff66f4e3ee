import { componentPod, controlPlaneNode, controlPlaneOf } from "../../inventory/nodes/testing-control-plane";
import { describeComponentControl } from "../testing-component";
import control from "./component-alpha-features";

const COMPONENTS = ["kube-apiserver", "kube-controller-manager", "kube-scheduler"] as const;
const scheduler = controlPlaneOf("kube-scheduler");
const all = (...flags: string[]) => [controlPlaneNode(), ...COMPONENTS.map((component) => componentPod(component, flags))];

describeComponentControl(control, {
  fails: [
    { name: "every alpha feature, with blanks around its name", objects: scheduler("--feature-gates=kube : AllAlpha = true") },
    { name: "every alpha feature, whatever the others run", objects: scheduler("--feature-gates=AllAlpha=true"), severity: "medium" },
    {
      name: "every alpha feature, the last time that the switch is written",
      objects: scheduler("--feature-gates=AllAlpha=false", "--feature-gates=kube:AllAlpha=true"),
    },
    {
      name: "a scheduler with a configuration file, which still takes gates as flags",
      objects: scheduler("--config=/c", "--feature-gates=AllAlpha=true"),
      evidence: [{ path: "spec.containers[0].command[2]", check: "kube-scheduler feature-gates" }],
    },
  ],
  passes: [
    { name: "none is named", objects: all() },
    { name: "alpha features are switched off again", objects: all("--feature-gates=AllAlpha=true,Other=true", "--feature-gates=AllAlpha=false") },
    { name: "every beta feature", objects: all("--feature-gates=AllBeta=true") },
  ],
  unknown: [{ name: "one of them is not shown", objects: scheduler("--feature-gates=AllAlpha=false") }],
});
