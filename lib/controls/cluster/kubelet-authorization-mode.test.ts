import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-authorization-mode";

describeKubeletControl(control, {
  fails: {
    "everything is allowed": { settings: { authorization: { mode: "AlwaysAllow" } }, path: "authorization.mode", severity: "critical" },
    "no mode": { settings: { authorization: { mode: undefined } }, path: "authorization.mode", severity: "critical" },
  },
  passes: {
    "the API server is asked": {},
  },
});
