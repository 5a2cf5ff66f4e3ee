import { judgeRule } from "../../pod-security/judge-check";
import type { Violation } from "../../pod-security/check";
import { containersCommand } from "../containers-command";
import { defineControl } from "../define";
import { remove, set } from "../remedies/ops";

/** A group that no distribution gives to its own files. */
const PLAIN_GID = 10001;

export default defineControl({
  id: "run-as-root-group",
  layer: "container",
  severity: "low",
  title: "No container is set to run with the root group",
  failure: "is set to run with the root group",
  why: "Files of group 0 are often writable for the group, in images and on shared volumes. A process in that group can change what it should only read.",
  action: "Run with a group above 0",
  fix: "Set `runAsGroup` and `fsGroup` to a group above 0 for the pod, and remove 0 from `supplementalGroups`. What only group 0 may write, as in images made for OpenShift, can then only be read. `supplementalGroupsPolicy: Strict` keeps out the groups that the image itself lists.",
  verify: `${containersCommand(".securityContext.runAsGroup", {
    pod: ".spec.securityContext.runAsGroup",
    fsGroup: ".spec.securityContext.fsGroup",
    more: ".spec.securityContext.supplementalGroups",
  })} | grep -E '=0( |$)| more=[^ ]*[[,]0[],]'`,
  lookFor: "A 0 after `pod=`, `fsGroup=` or the name of a container, or among those after `more=`. No output: none is set to run with the root group.",
  tips: ["S4"],
  frameworks: { cis: ["5.6.3"], nsa: ["NR"], mitre: ["T1611"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }) =>
    judgeRule(pod, (admitted) => {
      const podContext = admitted.spec.part("securityContext");
      const ofPod = podContext.integer("runAsGroup");
      const violations: Violation[] = [];
      const isInherited = admitted.containers().some(({ spec }) => spec.part("securityContext").integer("runAsGroup") === undefined);
      if (ofPod === 0 && isInherited) violations.push({ path: podContext.at("runAsGroup"), value: 0, message: "The pod runs as group 0." });
      if (podContext.integer("fsGroup") === 0)
        violations.push({ path: podContext.at("fsGroup"), value: 0, message: "The volumes of the pod belong to group 0, and so do its processes." });
      podContext.integers("supplementalGroups").forEach((group, i) => {
        if (group === 0) violations.push({ path: podContext.at(`supplementalGroups[${i}]`), value: 0, message: "The pod joins group 0." });
      });
      for (const { name, label, spec } of admitted.containers()) {
        const context = spec.part("securityContext");
        if (context.integer("runAsGroup") !== 0) continue;
        violations.push({ path: context.at("runAsGroup"), value: 0, message: `Container ${label} runs as group 0.`, container: name, on: label });
      }
      return violations;
    }),
  remedy: (_, weaknesses) => ({
    ops: weaknesses.map(({ path }) => (path.includes("supplementalGroups[") ? remove(path) : set(path, PLAIN_GID))),
    risk: "may-break",
    note: "The files that the process writes must belong to its group.",
  }),
});
