import { componentPod, controlPlaneNode } from "../../inventory/nodes/testing-control-plane";
import { describeProfilingControl } from "../testing-profiling";
import control from "./scheduler-profiling";

describeProfilingControl(control, "kube-scheduler", "kube-apiserver", [
  {
    name: "a configuration file decides, whatever the flag says",
    objects: [controlPlaneNode(), componentPod("kube-scheduler", ["--config=/etc/kubernetes/scheduler.yaml", "--profiling=false"])],
    reason: "Whether kube-scheduler serves profiling data is in a configuration file that the API does not show.",
  },
]);
