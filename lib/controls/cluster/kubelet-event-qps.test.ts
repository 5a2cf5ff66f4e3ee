import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-event-qps";

describeKubeletControl(control, {
  fails: {
    "less than nothing": { settings: { eventRecordQPS: -1 }, path: "eventRecordQPS", severity: "info" },
  },
  passes: {
    "a rate": {},
    "no limit": { eventRecordQPS: 0 },
    "not set": { eventRecordQPS: undefined },
  },
});
