import { kubeletConfig, node } from "../../inventory/testing";
import { describeKubeletControl } from "../testing-kubelet";
import control from "./kubelet-image-cred-verification";

describeKubeletControl(control, {
  fails: {
    never: { settings: { imagePullCredentialsVerificationPolicy: "NeverVerify" }, path: "imagePullCredentialsVerificationPolicy", severity: "low" },
  },
  passes: {
    "but for images that came with the node": {},
    always: { imagePullCredentialsVerificationPolicy: "AlwaysVerify" },
  },
  unknown: [{ name: "a kubelet that does not know the setting", objects: [node(), kubeletConfig({ imagePullCredentialsVerificationPolicy: undefined })] }],
});
