import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-serving-cert";

describeKubeletControl(control, {
  fails: {
    "the one that it signs itself": {
      settings: { serverTLSBootstrap: undefined, tlsCertFile: "/var/lib/kubelet/pki/kubelet.crt", tlsPrivateKeyFile: "/var/lib/kubelet/pki/kubelet.key" },
      path: "tlsCertFile",
      severity: "low",
    },
    neither: { settings: { serverTLSBootstrap: false }, path: "serverTLSBootstrap", severity: "low" },
    "a certificate without its key": { settings: { serverTLSBootstrap: undefined, tlsCertFile: "/a.crt" }, path: "serverTLSBootstrap", severity: "low" },
  },
  passes: {
    "it asks for one": {},
    "it has files": { serverTLSBootstrap: undefined, tlsCertFile: "/a.crt", tlsPrivateKeyFile: "/a.key" },
  },
});
