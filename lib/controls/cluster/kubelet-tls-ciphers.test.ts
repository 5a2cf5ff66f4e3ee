import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-tls-ciphers";

describeKubeletControl(control, {
  fails: {
    "one of them is weak": {
      settings: { tlsCipherSuites: ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA"] },
      path: "tlsCipherSuites",
      severity: "low",
    },
    "an old version of TLS is taken": { settings: { tlsMinVersion: "VersionTLS11" }, path: "tlsMinVersion", severity: "medium" },
    "an old version of TLS is taken, without a word on suites": {
      settings: { tlsMinVersion: "VersionTLS10", tlsCipherSuites: undefined },
      path: "tlsMinVersion",
      severity: "medium",
    },
  },
  passes: {
    "strong ones": {},
    "the other name of ChaCha20": { tlsCipherSuites: ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_AES_256_GCM_SHA384"] },
    "TLS 1.3, whose suites nobody chooses": { tlsMinVersion: "VersionTLS13", tlsCipherSuites: ["TLS_RSA_WITH_AES_128_CBC_SHA"] },
    "TLS 1.3 without a list": { tlsMinVersion: "VersionTLS13", tlsCipherSuites: undefined },
  },
  manual: [{ name: "none are listed", objects: [node(), kubeletConfig({ tlsCipherSuites: undefined })] }],
});
