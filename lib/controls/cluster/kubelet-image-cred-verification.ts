import { text } from "../../model/json";
import { defineControl, unknown } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { kubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-image-cred-verification",
  layer: "cluster",
  severity: "low",
  title: "Kubelets check who may use private images already on the node",
  failure: "lets every pod use private images that are already on the node",
  why: "A pod without credentials for a registry can otherwise run, and read, any private image that another team pulled to the node.",
  action: "Check who may use private images on the node",
  fix: kubeletFix(
    "Set `imagePullCredentialsVerificationPolicy: NeverVerifyPreloadedImages`",
    "Pods that used a private image without credentials for it no longer start.",
  ),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.imagePullCredentialsVerificationPolicy'",
  lookFor:
    "`NeverVerify`. With `null` the kubelet is too old to have the setting, or its feature gate KubeletEnsureSecretPulledImages is off: it checks nothing.",
  tips: ["S5"],
  frameworks: { owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, ({ settings, at }) => {
      const policy = text(settings.imagePullCredentialsVerificationPolicy);
      if (!policy) return unknown("This kubelet does not say how it checks credentials for images that are there.");
      return policy === "NeverVerify" ? [at("imagePullCredentialsVerificationPolicy", "No credentials are checked once an image is on the node.")] : [];
    }),
  remedy: null,
});
