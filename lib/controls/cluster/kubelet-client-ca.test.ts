import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-client-ca";

describeKubeletControl(control, {
  fails: {
    "no authority, tokens are checked": {
      settings: { authentication: { x509: { clientCAFile: undefined } } },
      path: "authentication.x509.clientCAFile",
      severity: "low",
    },
    "no authority, no tokens": {
      settings: { authentication: { x509: { clientCAFile: "" }, webhook: { enabled: false } } },
      path: "authentication.x509.clientCAFile",
      severity: "high",
    },
  },
  passes: {
    "an authority": {},
  },
});
