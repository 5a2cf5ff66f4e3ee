import { text, texts } from "../../model/json";
import { defineControl, type Outcome, unknown } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { type Kubelet, kubeletAnswer } from "../kubelet-answer";

const LISTED = "preloadedImagesVerificationAllowlist";

/** Whoever pulled them, the kubelet checks nothing for the images of its list, of which an item that ends in `/*` takes all of a registry, or of a part of it. */
function judgeListed({ settings, at }: Kubelet): Outcome {
  const listed = texts(settings[LISTED]);
  if (listed.length === 0) return unknown("For which images this kubelet checks no credentials is not among what was read.");
  const wide = listed.filter((item) => item.endsWith("/*"));
  if (wide.length > 0) return [at(LISTED, `No credentials are checked for any image below ${wide.map((item) => item.slice(0, -1)).join(", ")}.`)];
  return { state: "pass", notes: [at(LISTED, `No credentials are checked for ${listed.join(", ")}.`)] };
}

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
  verify:
    "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig | {imagePullCredentialsVerificationPolicy, preloadedImagesVerificationAllowlist}'",
  lookFor:
    "`NeverVerify`, or an item that ends in `/*` in the list: all images below it are exempt. With `null` as the policy the kubelet is too old to have the setting, or its feature gate KubeletEnsureSecretPulledImages is off: it checks nothing.",
  tips: ["S5"],
  frameworks: { owasp: ["K09"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    kubeletAnswer(node, context, (kubelet) => {
      const { settings, at } = kubelet;
      const policy = text(settings.imagePullCredentialsVerificationPolicy);
      if (!policy) return unknown("This kubelet does not say how it checks credentials for images that are there.");
      if (policy === "NeverVerifyAllowlistedImages") return judgeListed(kubelet);
      return policy === "NeverVerify" ? [at("imagePullCredentialsVerificationPolicy", "No credentials are checked once an image is on the node.")] : [];
    }),
  remedy: null,
});
