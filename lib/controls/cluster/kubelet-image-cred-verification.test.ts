import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-image-cred-verification";

describeKubeletControl(control, {
  fails: {
    never: { settings: { imagePullCredentialsVerificationPolicy: "NeverVerify" }, path: "imagePullCredentialsVerificationPolicy", severity: "low" },
    "for a whole registry": {
      settings: {
        imagePullCredentialsVerificationPolicy: "NeverVerifyAllowlistedImages",
        preloadedImagesVerificationAllowlist: ["registry.k8s.io/pause", "registry.example.com/*"],
      },
      path: "preloadedImagesVerificationAllowlist",
      severity: "low",
    },
  },
  passes: {
    "but for images that are named": {
      imagePullCredentialsVerificationPolicy: "NeverVerifyAllowlistedImages",
      preloadedImagesVerificationAllowlist: ["registry.k8s.io/pause"],
    },
    "but for images that came with the node": {},
    always: { imagePullCredentialsVerificationPolicy: "AlwaysVerify" },
  },
  unknown: [
    { name: "a kubelet that does not know the setting", objects: [node(), kubeletConfig({ imagePullCredentialsVerificationPolicy: undefined })] },
    {
      name: "images of a list that was not read",
      objects: [node(), kubeletConfig({ imagePullCredentialsVerificationPolicy: "NeverVerifyAllowlistedImages" })],
    },
  ],
});
