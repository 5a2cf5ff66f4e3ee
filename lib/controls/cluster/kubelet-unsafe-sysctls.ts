import { texts } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { linuxKubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-unsafe-sysctls",
  layer: "cluster",
  severity: "medium",
  title: "Kubelets allow no unsafe sysctls",
  failure: "allows pods to set unsafe sysctls",
  why: "Unsafe kernel settings are shared by all pods of a node: one pod that may set them can harm or watch the others.",
  action: "Allow no unsafe sysctls at kubelets",
  fix: kubeletFix("Empty `allowedUnsafeSysctls`", "Where a workload needs them, keep its nodes apart by a taint."),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.allowedUnsafeSysctls'",
  lookFor: "Any name. `null`: none is allowed.",
  tips: ["S4"],
  frameworks: { nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    linuxKubeletAnswer(node, context, ({ settings, at }) => {
      const allowed = texts(settings.allowedUnsafeSysctls);
      return allowed.length === 0 ? [] : [at("allowedUnsafeSysctls", `Pods may set ${allowed.join(", ")}.`)];
    }),
  remedy: null,
});
