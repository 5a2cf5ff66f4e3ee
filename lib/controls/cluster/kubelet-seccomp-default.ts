import { flag } from "../../model/json";
import { defineControl } from "../define";
import { kubeletFix } from "../kubelet-fix";
import { linuxKubeletAnswer } from "../kubelet-answer";

export default defineControl({
  id: "kubelet-seccomp-default",
  layer: "cluster",
  severity: "medium",
  title: "Kubelets give containers a seccomp profile by default",
  failure: "runs containers that name no seccomp profile without one",
  why: "Without a profile a container can make every system call, including those that hardly any program needs and that past container escapes used.",
  action: "Turn the seccomp default of kubelets on",
  fix: kubeletFix(
    "Set `seccompDefault: true`",
    "Try one node first: a program that needs more, such as a debugger, fails there until its pod names a profile.",
  ),
  verify: "kubectl get --raw /api/v1/nodes/NODE/proxy/configz | jq '.kubeletconfig.seccompDefault'",
  lookFor: "`false` or `null`: containers that name no profile run without one.",
  tips: ["S4"],
  frameworks: { cis: ["4.2.14"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/"],
  subject: "node",
  reads: ["kubeletConfigs"],
  check: (node, context) =>
    linuxKubeletAnswer(node, context, ({ settings, at }) =>
      flag(settings.seccompDefault) === true ? [] : [at("seccompDefault", "Containers that name no profile run without one.")],
    ),
  remedy: null,
});
