import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-rotate-server-cert";

describeKubeletControl(control, {
  fails: {
    "the gate is off": {
      settings: { featureGates: { RotateKubeletServerCertificate: false } },
      path: "featureGates.RotateKubeletServerCertificate",
      severity: "medium",
    },
    "all features in beta are off": { settings: { featureGates: { AllBeta: false } }, path: "featureGates.AllBeta", severity: "medium" },
    "it does not ask": { settings: { serverTLSBootstrap: undefined }, path: "serverTLSBootstrap", severity: "low" },
  },
  passes: {
    "it asks": {},
    "the gate is on where all others in beta are off": { featureGates: { AllBeta: false, RotateKubeletServerCertificate: true } },
    "the gate is on": { featureGates: { RotateKubeletServerCertificate: true } },
  },
});
