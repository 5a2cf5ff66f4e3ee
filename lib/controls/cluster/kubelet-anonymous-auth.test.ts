import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-anonymous-auth";

describeKubeletControl(control, {
  fails: {
    "switched on": { settings: { authentication: { anonymous: { enabled: true } } }, path: "authentication.anonymous.enabled", severity: "critical" },
    "not set": { settings: { authentication: { anonymous: { enabled: undefined } } }, path: "authentication.anonymous.enabled", severity: "critical" },
  },
  passes: {
    "switched off": {},
  },
});
