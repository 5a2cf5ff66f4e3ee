import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-debug-handlers";

describeKubeletControl(control, {
  fails: {
    "log queries": { settings: { enableSystemLogQuery: true }, path: "enableSystemLogQuery", severity: "low" },
  },
  passes: {
    none: {},
    "the handlers for debugging, as they are by default": { enableProfilingHandler: true, enableDebugFlagsHandler: true },
  },
});
