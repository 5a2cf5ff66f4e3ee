import { containerLabel } from "../../inventory/workloads/container-label";
import { findRuntimeSockets } from "../../inventory/workloads/host-path";
import { listHostPathMounts, listUntoldVolumes, untoldVolume } from "../../inventory/workloads/host-path-mounts";
import { HOST_DIRECTORIES } from "../containers-command";
import { defineControl, unknown, weakness } from "../define";
import { aboutVolume, dropHostMounts } from "../remedies/drop-host-mounts";

export default defineControl({
  id: "runtime-socket-mount",
  layer: "container",
  severity: "critical",
  title: "Containers do not reach the socket of the container runtime",
  failure: "mounts the socket of the container runtime",
  why: "Anyone who can talk to the runtime is root on the node: it starts privileged containers for whoever asks. A read-only mount does not help: the socket still accepts connections.",
  action: "Unmount the container runtime's socket",
  fix: "Remove the mount and the volume. Build images with a rootless builder such as BuildKit, and take metrics from the kubelet instead of the runtime.",
  verify: HOST_DIRECTORIES,
  lookFor:
    "docker.sock, containerd.sock or crio.sock, or a directory that holds one, such as /run: under HOSTPATHS, or behind a claim or a volume that is named, under HOSTPATH or LOCAL.",
  tips: ["S4"],
  frameworks: { cis: ["5.2.11"], nsa: ["PE"], mitre: ["T1611", "T1610", "T1612", "T1059.013"], owasp: ["K01"] },
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#hostpath", "https://kubernetes.io/docs/concepts/security/pod-security-standards/"],
  subject: "workload",
  reads: ["persistentVolumes", "persistentVolumeClaims"],
  softReads: ["persistentVolumes", "persistentVolumeClaims"],
  check: ({ workload, pod }, context) => {
    const found = listHostPathMounts(workload, pod, context).flatMap((mount) => {
      const sockets = findRuntimeSockets(mount.hostPath);
      if (sockets.length === 0) return [];
      // Which runtime the node has is not known here.
      const socket = sockets.length === 1 ? sockets[0] : `the socket of the container runtime below ${mount.hostPath}`;
      const extra = aboutVolume(mount);
      if (!mount.container) {
        const message = `Volume ${mount.volume} holds ${socket}; no container mounts it yet, an injected or debugging one can.`;
        return [weakness(mount.path, mount.value, message, { ...extra, severity: "high" })];
      }
      const message = `Container ${containerLabel(mount.container)} reaches ${socket} through volume ${mount.volume}.`;
      return [weakness(mount.path, mount.value, message, { ...extra, container: mount.container.name })];
    });
    const [untold] = listUntoldVolumes(workload, pod, context);
    return found.length > 0 || untold === undefined ? found : unknown(untoldVolume(untold));
  },
  remedy: ({ pod }, weaknesses) => dropHostMounts(pod, weaknesses),
});
