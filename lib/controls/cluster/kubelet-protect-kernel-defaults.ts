import { flag } from "../../model/json";
import { defineControl } from "../define";
import { linuxKubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-protect-kernel-defaults",
  layer: "cluster",
  severity: "info",
  title: "Kubelets stop where the kernel is set up otherwise than they expect",
  failure: "changes kernel settings instead of stopping",
  why: "A kubelet that silently changes kernel settings hides that the node was not set up as its image says.",
  action: "Let kubelets stop on unexpected kernel settings",
  fix: "Set `protectKernelDefaults: true` in the KubeletConfiguration of the node, once its kernel settings fit.",
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.protectKernelDefaults'",
  lookFor: "`false` or `null`: the kubelet changes what does not fit.",
  tips: ["S4"],
  frameworks: { nsa: ["WN"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    linuxKubeletAnswer(node, context, ({ settings, at }) =>
      flag(settings.protectKernelDefaults) === true ? [] : [at("protectKernelDefaults", "The kubelet changes what does not fit.")],
    ),
  remedy: null,
});
