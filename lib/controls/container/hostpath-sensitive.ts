import { containerLabel } from "../../inventory/workloads/container-label";
import { isSensitiveHostPath } from "../../inventory/workloads/host-path";
import { listHostPathMounts, listUntoldVolumes, untoldVolume } from "../../inventory/workloads/host-path-mounts";
import { records } from "../../model/json";
import { HOST_DIRECTORIES } from "../containers-command";
import { defineControl, unknown, weakness } from "../define";
import { aboutVolume, dropHostMounts } from "../remedies/drop-host-mounts";

export default defineControl({
  id: "hostpath-sensitive",
  layer: "container",
  severity: "high",
  maxSeverity: "critical",
  title: "Containers do not mount sensitive directories of their node",
  failure: "mounts a sensitive directory of its node",
  why: "These directories hold credentials of the node and of other pods. If the mount is writable, a changed systemd unit, cron entry, static pod manifest or core pattern runs as root on the node.",
  action: "Unmount sensitive directories of the node",
  fix: "Remove the mount, or mount the one file that is needed with `readOnly: true`. Take configuration from a projected volume and data from a claim.",
  verify: HOST_DIRECTORIES,
  lookFor:
    "`/`, or a directory such as /etc, /root, /var/lib/kubelet or /proc, under HOSTPATHS, or behind a claim or a volume that is named, under HOSTPATH or LOCAL.",
  tips: ["S4"],
  frameworks: { cis: ["5.2.11"], nsa: ["PE"], mitre: ["T1611", "T1552.001"], mstm: ["MS-TA9013", "MS-TA9017", "MS-TA9026"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: ["persistentVolumes", "persistentVolumeClaims"],
  softReads: ["persistentVolumes", "persistentVolumeClaims"],
  subsumedBy: ["runtime-socket-mount"],
  check: ({ workload, pod }, context) => {
    const found = listHostPathMounts(workload, pod, context).flatMap((mount) => {
      if (!mount.container || !isSensitiveHostPath(mount.hostPath, mount.isWritable)) return [];
      const below = mount.isOpenEnded ? "something below " : "";
      const through = mount.persistentVolume ? ` through volume ${mount.volume}` : "";
      const access = mount.isWritable ? "writable" : "read-only";
      const message = `Container ${containerLabel(mount.container)} mounts ${below}${mount.hostPath} of the node${through}, ${access}.`;
      const severity = mount.isWritable ? "critical" : "high";
      return [weakness(mount.path, mount.value, message, { ...aboutVolume(mount), container: mount.container.name, severity })];
    });
    const mounted = new Set(pod.containers.flatMap(({ spec }) => records(spec.volumeMounts).map(({ name }) => name)));
    const untold = listUntoldVolumes(workload, pod, context).find((name) => mounted.has(name));
    return found.length > 0 || untold === undefined ? found : unknown(untoldVolume(untold));
  },
  remedy: ({ pod }, weaknesses) => dropHostMounts(pod, weaknesses),
});
