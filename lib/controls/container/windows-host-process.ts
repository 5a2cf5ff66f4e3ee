import { record } from "../../model/json";
import { windowsHostProcess } from "../../pod-security/checks/windows-host-process";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { remove } from "../remedies/ops";

export default defineControl({
  id: "windows-host-process",
  layer: "container",
  severity: "critical",
  title: "Windows containers do not run as HostProcess",
  failure: "runs as HostProcess",
  why: "A HostProcess container is a process of the Windows node, with its network and files. With a system account it controls the node.",
  action: "Turn HostProcess off",
  fix: "Set `windowsOptions.hostProcess` to false or remove it, at the pod and at every container, and remove `hostNetwork`, which HostProcess had forced.",
  verify: `${containersCommand(".securityContext.windowsOptions.hostProcess", { pod: ".spec.securityContext.windowsOptions.hostProcess" })} | grep '=true'`,
  lookFor: "`true` after `pod=` or after the name of a container. No output: none is a HostProcess.",
  tips: ["S4"],
  frameworks: { pss: ["baseline/windowsHostProcess"], cis: ["5.2.10"], nsa: ["PE"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],
  subject: "workload",
  reads: [],
  check: ({ pod }, context) => {
    const outcome = judgeCheck(windowsHostProcess, pod, context.kubeVersion);
    // The API server takes no pod of which only some containers run so: it is always said of the whole pod.
    return "state" in outcome ? outcome : outcome.map((violation) => ({ ...violation, on: "" }));
  },
  remedy: ({ pod, containers }) => ({
    ops: [
      ...[pod, ...containers]
        .filter(({ securityContext }) => record(securityContext.windowsOptions).hostProcess !== undefined)
        .map((part) => remove(part.at("securityContext.windowsOptions.hostProcess"))),
      ...(pod.spec.hostNetwork === undefined ? [] : [remove(pod.at("hostNetwork"))]),
    ],
    risk: "may-break",
  }),
});
