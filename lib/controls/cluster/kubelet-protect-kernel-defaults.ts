import { flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { linuxKubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-protect-kernel-defaults",
  layer: "cluster",
  severity: "info",
  title: "Kubelets refuse to start on unexpected kernel settings",
  failure: "changes kernel settings instead of refusing to start",
  why: "By default a kubelet overwrites kernel settings that differ from what it expects. That hides a node which was not set up as its image says.",
  action: "Let kubelets refuse unexpected kernel settings",
  fix: kubeletFix(
    "Set `protectKernelDefaults: true`",
    "Correct the kernel settings of the node first (vm.overcommit_memory, vm.panic_on_oom, kernel.panic and others), or the kubelet does not start.",
  ),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.protectKernelDefaults'",
  lookFor: "`false` or `null`: the kubelet overwrites settings that differ.",
  tips: ["S4"],
  frameworks: { nsa: ["WN"], owasp: ["K07"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    linuxKubeletAnswer(node, context, ({ settings, at }) =>
      flag(settings.protectKernelDefaults) === true ? [] : [at("protectKernelDefaults", "The kubelet overwrites kernel settings that differ.")],
    ),
  remedy: null,
});
