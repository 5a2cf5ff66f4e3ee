import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-rotate-client-cert";

describeKubeletControl(control, {
  fails: {
    "not set": { settings: { rotateCertificates: undefined }, path: "rotateCertificates", severity: "medium" },
    "switched off": { settings: { rotateCertificates: false }, path: "rotateCertificates", severity: "medium" },
  },
  passes: {
    "it rotates": {},
  },
  notApplicable: [
    {
      name: "a node of GKE",
      objects: [node({ labels: { "cloud.google.com/gke-nodepool": "main" } }), kubeletConfig({ rotateCertificates: false })],
    },
  ],
});
