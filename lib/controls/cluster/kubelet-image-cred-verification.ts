import { text } from "../../model/json";
import { defineControl, unknown } from "../define";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-image-cred-verification",
  layer: "cluster",
  severity: "low",
  title: "Kubelets check who may use an image that is already there",
  failure: "lets every pod use private images that are already on the node",
  why: "A pod without the credentials of a registry can then run, and read, whatever private image another team has pulled to the node.",
  action: "Check who may use images that are on the node",
  fix: "Set `imagePullCredentialsVerificationPolicy: NeverVerifyPreloadedImages` in the KubeletConfiguration of the node.",
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.imagePullCredentialsVerificationPolicy'",
  lookFor: "`NeverVerify`. With `null` the kubelet does not know the setting.",
  tips: ["S5"],
  frameworks: { nsa: ["UP"], mitre: ["T1528"], owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      const policy = text(settings.imagePullCredentialsVerificationPolicy);
      if (!policy) return unknown("This kubelet does not say how it checks credentials for images that are there.");
      return policy === "NeverVerify" ? [at("imagePullCredentialsVerificationPolicy", "Nothing is checked once an image is there.")] : [];
    }),
  remedy: null,
});
