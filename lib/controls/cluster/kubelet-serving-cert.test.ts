import { kubeletConfig, node } from "../../inventory/testing";
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
    "its files are called otherwise than its own": {
      serverTLSBootstrap: undefined,
      tlsCertFile: "/srv/kubelet-server.crt",
      tlsPrivateKeyFile: "/srv/kubelet-server.key",
    },
    "its certificate is called like its own, and the key is elsewhere": {
      serverTLSBootstrap: undefined,
      tlsCertFile: "/srv/kubelet.crt",
      tlsPrivateKeyFile: "/srv/private/kubelet.key",
    },
  },
  unknown: [
    {
      name: "a folder of one's own for what it signs, or files that were put there",
      objects: [node(), kubeletConfig({ serverTLSBootstrap: undefined, tlsCertFile: "/srv/certs/kubelet.crt", tlsPrivateKeyFile: "/srv/certs/kubelet.key" })],
    },
  ],
});
