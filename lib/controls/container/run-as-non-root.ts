import { amount, record } from "../../model/json";
import type { Severity } from "../../model/severity";
import { runAsNonRoot } from "../../pod-security/checks/run-as-non-root";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand, UNSET_IN_BOTH } from "../containers-command";
import { defineControl } from "../define";
import { leaveRoot } from "../remedies/leave-root";
import { remove, set } from "../remedies/ops";

export default defineControl({
  id: "run-as-non-root",
  layer: "container",
  severity: "high",
  title: "Containers are forced to run as non-root",
  failure: "is not forced to run as non-root",
  why: "Root in the container is root on the node unless user namespaces are on, and most container escapes need it. The flag makes the kubelet refuse an image that would start as root.",
  action: "Force containers to run as non-root",
  fix: "Set `securityContext.runAsNonRoot: true` for the pod and delete any `false` on its containers. If the image gives its user by name instead of number, or would start as root, also set `runAsUser`: otherwise the container does not start.",
  verify: `${containersCommand(".securityContext.runAsNonRoot", { pod: ".spec.securityContext.runAsNonRoot" })} | grep -E '=false|${UNSET_IN_BOTH}'`,
  lookFor:
    "A container with `false`, or with nothing where `pod=` is not true. A pod with `hostUsers: false` passes from Kubernetes 1.35 on. Other pods are left out.",
  tips: ["S4", "S5"],
  frameworks: { pss: ["restricted/runAsNonRoot"], cis: ["5.2.7", "5.6.3"], nsa: ["NR"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  ],
  subject: "workload",
  reads: [],
  subsumedBy: ["run-as-root-uid"],
  check: ({ pod, containers }, context) => {
    const outcome = judgeCheck(runAsNonRoot, pod, context.kubeVersion);
    if ("state" in outcome) return outcome;
    const byPath = new Map(containers.map((container) => [container.at("securityContext.runAsNonRoot"), container]));
    return outcome.map((violation) => {
      const container = byPath.get(violation.path);
      const uid = amount(container?.securityContext.runAsUser) ?? amount(pod.securityContext.runAsUser) ?? 0;
      if (uid <= 0) return violation;
      const severity: Severity = "medium";
      return { ...violation, severity, message: `${violation.message} Its user is ${uid}, but nothing holds it to that.` };
    });
  },
  remedy: ({ pod, containers }) => ({
    ops: [
      set(pod.at("securityContext.runAsNonRoot"), true),
      ...containers
        .filter(({ securityContext }) => securityContext.runAsNonRoot === false)
        .map((container) => remove(container.at("securityContext.runAsNonRoot"))),
      ...leaveRoot(pod),
    ],
    risk: "may-break",
    note:
      record(pod.securityContext).runAsUser === undefined
        ? "An image that starts as root will be refused: set runAsUser or change the image."
        : "The files that the process writes must belong to its user.",
  }),
});
