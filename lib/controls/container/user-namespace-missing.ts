import { records } from "../../model/json";
import { runAsNonRoot } from "../../pod-security/checks/run-as-non-root";
import { runAsUser } from "../../pod-security/checks/run-as-user";
import { findRule } from "../../pod-security/check";
import { judgeRule } from "../../pod-security/judge-check";
import { policyMinor } from "../../pod-security/policy-version";
import { containersCommand } from "../containers-command";
import { defineControl, notApplicable, safe } from "../define";
import { set } from "../remedies/ops";

/** On by default since then. */
const SINCE = 33;

export default defineControl({
  id: "user-namespace-missing",
  layer: "container",
  severity: "low",
  title: "Pods that may run as root have a user namespace of their own",
  failure: "may run as root without a user namespace",
  why: "In a user namespace, root inside the pod is an ordinary user on the node, and most known ways out of a container end there.",
  action: "Give pods a user namespace",
  fix: "Set `hostUsers: false` for the pod, where it need not share a namespace or a raw block device with the node. It takes nodes that can (containerd 2.0 or CRI-O 1.25, Linux 6.3; the control node-userns-capable says which): elsewhere the pod does not start.",
  verify: `${containersCommand(
    [".securityContext.runAsNonRoot", ".securityContext.runAsUser", ".securityContext.capabilities.add", ".securityContext.privileged"],
    {
      hostUsers: ".spec.hostUsers",
      pod: ".spec.securityContext.runAsNonRoot",
      user: ".spec.securityContext.runAsUser",
    },
  )} | grep -v ' hostUsers=false '`,
  lookFor:
    "A pod where neither `pod=` nor every container has true, where `user=` or a container asks for user 0, or where a container adds capabilities or is privileged: the last two after its name. Pods with a user namespace of their own are left out.",
  tips: ["S4"],
  frameworks: { nsa: ["NR", "HC"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/user-namespaces/",
  ],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod, containers }, context) => {
    const minor = policyMinor(context.kubeVersion);
    if (minor < SINCE) return notApplicable("Clusters before 1.33 have no user namespaces by default.");
    const { hostNetwork, hostPID, hostIPC } = pod.spec;
    if (hostNetwork === true || hostPID === true || hostIPC === true) return notApplicable("The API refuses a user namespace beside a namespace of the node.");
    if (containers.some(({ spec }) => records(spec.volumeDevices).length > 0))
      return notApplicable("The API refuses a user namespace beside raw block devices.");
    let isRootless = true;
    const outcome = judgeRule(pod, (admitted) => {
      const hostUsers = admitted.spec.flag("hostUsers");
      const mayBeRoot = [runAsNonRoot, runAsUser].some((check) => (findRule(check, minor)?.(admitted) ?? []).length > 0);
      const addsCapability = admitted.containers().some(({ spec }) => {
        const security = spec.part("securityContext");
        return security.flag("privileged") === true || security.part("capabilities").texts("add").length > 0;
      });
      isRootless = !mayBeRoot && !addsCapability;
      if (isRootless || hostUsers === false) return [];
      return [
        {
          path: admitted.spec.at("hostUsers"),
          value: hostUsers,
          message: addsCapability && !mayBeRoot ? "Its capabilities hold on the node." : "Root inside the pod is root on the node.",
        },
      ];
    });
    if ("state" in outcome || outcome.length > 0) return outcome;
    return isRootless && pod.spec.hostUsers !== false ? safe("No container of the pod may run as root or adds a capability.") : outcome;
  },
  remedy: ({ pod }) => ({
    ops: [set(pod.at("hostUsers"), false)],
    risk: "may-break",
    note: "Needs nodes whose kernel and container runtime support user namespaces.",
  }),
});
