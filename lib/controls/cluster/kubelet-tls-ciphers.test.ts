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
  },
  passes: {
    "strong ones": {},
    "the other name of ChaCha20": { tlsCipherSuites: ["TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305", "TLS_AES_256_GCM_SHA384"] },
  },
  manual: [{ name: "none are listed", objects: [node(), kubeletConfig({ tlsCipherSuites: undefined })] }],
});
