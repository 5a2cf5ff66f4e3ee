import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./runtime-socket-mount";

function mounting(path: string, mount: Record<string, unknown> = {}) {
  return deployment({
    podSpec: { volumes: [{ name: "run", hostPath: { path } }] },
    container: { volumeMounts: [{ name: "run", mountPath: "/host", ...mount }] },
  });
}

describeControl(control, {
  fails: [
    {
      name: "the socket itself, read-only",
      objects: [mounting("/var/run/docker.sock", { readOnly: true })],
      evidence: [
        {
          path: "spec.template.spec.volumes[0].hostPath.path",
          value: "/var/run/docker.sock",
          container: "app",
          message: "Container app reaches /var/run/docker.sock through volume run.",
        },
      ],
      severity: "critical",
    },
    {
      name: "a directory with the sockets of several runtimes, of which a node has one",
      objects: [mounting("/var/run", { readOnly: true })],
      evidence: [
        {
          path: "spec.template.spec.volumes[0].hostPath.path",
          value: "/var/run",
          message: "Container app reaches the socket of the container runtime below /var/run through volume run.",
        },
      ],
      severity: "critical",
    },
    { name: "a directory above it, written oddly", objects: [mounting("/var//run/./containerd/")], severity: "critical" },
    { name: "the directory and a subPath", objects: [mounting("/", { subPath: "run/crio/crio.sock" })] },
    { name: "a Windows pipe", objects: [mounting("\\\\.\\pipe\\docker_engine")] },
    {
      name: "declared and not mounted",
      objects: [deployment({ podSpec: { volumes: [{ name: "run", hostPath: { path: "/run/containerd/containerd.sock" } }] } })],
      severity: "high",
    },
    {
      name: "through a claim on a volume of the node",
      objects: [
        deployment({
          podSpec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "run" } }] },
          container: { volumeMounts: [{ name: "data", mountPath: "/x" }] },
        }),
        { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "run", namespace: "shop" }, spec: { volumeName: "pv-run" } },
        { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "pv-run" }, spec: { hostPath: { path: "/run/k3s" } } },
      ],
      evidence: [{ path: "spec.hostPath.path", value: "/run/k3s" }],
    },
  ],
  passes: [
    { name: "another path", objects: [mounting("/srv/data")] },
    { name: "a name that only begins alike", objects: [mounting("/var/run/docker.sockets")] },
    { name: "the whole root, which hostpath-sensitive says", objects: [mounting("/")] },
    { name: "no volumes", objects: [deployment()] },
  ],
  unknown: [
    { name: "volumes of the cluster cannot be read", objects: [mounting("/srv")], missing: ["persistentVolumes"] },
    {
      name: "a claim whose volume these manifests do not show",
      objects: [deployment({ podSpec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "run" } }] } })],
      complete: false,
    },
  ],
});
