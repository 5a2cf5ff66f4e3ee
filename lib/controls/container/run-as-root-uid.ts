import { toPart } from "../../model/clause-part";
import { record } from "../../model/json";
import type { Severity } from "../../model/severity";
import type { PodView } from "../../inventory/workloads/workload";
import { runAsUser } from "../../pod-security/checks/run-as-user";
import { judgeCheck } from "../../pod-security/judge-check";
import { containersCommand } from "../containers-command";
import { defineControl, weakness } from "../define";
import { leaveRoot } from "../remedies/leave-root";
import { removeAll } from "../remedies/ops";

const ADMINISTRATOR: Severity = "medium";
const WINDOWS_USER = ".securityContext.windowsOptions.runAsUserName";

/** Windows has no user 0: its counterpart inside a container is a named account. */
function findAdministrators(pod: PodView) {
  return [pod, ...pod.containers].flatMap((part) => {
    const name = record(part.securityContext.windowsOptions).runAsUserName;
    if (typeof name !== "string" || name.toLowerCase() !== "containeradministrator") return [];
    return [weakness(part.at("securityContext.windowsOptions.runAsUserName"), name, "It runs as ContainerAdministrator.", { severity: ADMINISTRATOR })];
  });
}

export default defineControl({
  id: "run-as-root-uid",
  layer: "container",
  severity: "high",
  title: "No container is set to run as user 0 (root)",
  failure: "is set to run as user 0 (root)",
  why: "The spec makes the process root, whatever the image says. Most container escapes need exactly that.",
  action: "Run as a user above 0",
  fix: "Set `runAsUser` for the pod to the image's user, above 0, and remove every 0 from its containers. The files it writes must belong to that user, or on volumes to `fsGroup`. A 0 on the pod counts even if all containers override it.",
  verify: `${containersCommand([".securityContext.runAsUser", WINDOWS_USER], { pod: ".spec.securityContext.runAsUser", windows: `.spec${WINDOWS_USER}` })} | grep -iE '=0[, ]|containeradministrator'`,
  lookFor:
    "A 0 after `pod=` or after the name of a container, or ContainerAdministrator, which is Windows' root. A pod with `hostUsers: false` passes from Kubernetes 1.35 on. No output: none is set to run as root.",
  tips: ["S4"],
  frameworks: { pss: ["restricted/runAsUser"], cis: ["5.2.7"], nsa: ["NR"], mitre: ["T1611"], owasp: ["K01"] },
  references: [
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  ],
  subject: "workload",
  reads: [],
  check: ({ pod }, context) => {
    const outcome = judgeCheck(runAsUser, pod, context.kubeVersion);
    // Pod Security does not ask for the users of Windows.
    const administrators = (pod.os === "windows" ? findAdministrators(pod) : []).map((item) => ({ ...item, check: toPart("restricted", "runAsUserName") }));
    if ("state" in outcome) return administrators.length > 0 ? administrators : outcome;
    return [...outcome.map((item) => ({ ...item, check: toPart("restricted", "runAsUser") })), ...administrators];
  },
  remedy: ({ pod }, weaknesses) => ({
    ops: [...leaveRoot(pod), ...removeAll(weaknesses.filter(({ path }) => path.endsWith("runAsUserName")).map(({ path }) => path))],
    risk: "may-break",
    note: "The files that the process writes must belong to its user.",
  }),
});
