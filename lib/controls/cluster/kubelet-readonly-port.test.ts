import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-readonly-port";

describeKubeletControl(control, {
  fails: {
    "the old default": { settings: { readOnlyPort: 10255 }, path: "readOnlyPort", severity: "high" },
  },
  passes: {
    "not set": {},
    zero: { readOnlyPort: 0 },
  },
});
