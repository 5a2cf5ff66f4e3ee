import { records } from "../../model/json";
import { judgeRule } from "../../pod-security/judge-check";
import { containersCommand, WITHOUT_DEBUG } from "../containers-command";
import { defineControl } from "../define";
import { firstFree } from "../remedies/free-name";
import { set } from "../remedies/ops";
import { volumeNames } from "../remedies/volume-names";

export default defineControl({
  id: "root-fs-writable",
  layer: "container",
  severity: "medium",
  title: "Containers have a read-only root filesystem",
  failure: "has a writable root filesystem",
  why: "Anyone who gets into the container can add tools and change the running program. With a read-only root filesystem, only the directories given to the application can be written.",
  action: "Make root filesystems read-only",
  fix: "Set `readOnlyRootFilesystem: true` on every container, and mount an emptyDir with a size limit wherever the application writes, starting with /tmp: anywhere else writing fails.",
  verify: `${containersCommand(".securityContext.readOnlyRootFilesystem", {}, WITHOUT_DEBUG)} | grep -vE '^[^ ]+( [^ ]+=true)+$'`,
  lookFor: "A container without `true` after its name. Pods whose containers all have it are left out.",
  tips: ["S6", "S4"],
  frameworks: { cis: ["5.6.3"], nsa: ["IM"], mitre: ["T1105"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
  subject: "workload",
  reads: [],
  os: "linux",
  check: ({ pod }) =>
    judgeRule(pod, (admitted) =>
      admitted.containers().flatMap(({ container, name, label, spec }) => {
        if (container.list === "ephemeralContainers") return [];
        const context = spec.part("securityContext");
        const value = context.flag("readOnlyRootFilesystem");
        if (value === true) return [];
        return [
          { path: context.at("readOnlyRootFilesystem"), value, message: `Container ${label} can write to its root filesystem.`, container: name, on: label },
        ];
      }),
    ),
  remedy: ({ pod, containers }) => {
    const open = containers.filter(({ list: place, securityContext }) => place !== "ephemeralContainers" && securityContext.readOnlyRootFilesystem !== true);
    const withoutTmp = open.filter(({ spec }) => !records(spec.volumeMounts).some((mount) => mount.mountPath === "/tmp"));
    const name = firstFree(volumeNames(pod), "tmp");
    return {
      ops: [
        ...open.map((container) => set(container.at("securityContext.readOnlyRootFilesystem"), true)),
        ...withoutTmp.map((container) => set(container.at("volumeMounts[-]"), { name, mountPath: "/tmp" })),
        ...(withoutTmp.length > 0 ? [set(pod.at("volumes[-]"), { name, emptyDir: { sizeLimit: "64Mi" } })] : []),
      ],
      risk: "may-break",
      note: "Mount one more emptyDir at every other directory that the application writes to.",
    };
  },
});
