import { deployment, statefulSet } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./hostpath-sensitive";

function mounting(path: string, mount: Record<string, unknown> = {}) {
  return deployment({
    podSpec: {
      volumes: [
        { name: "host", hostPath: { path } },
        { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
      ],
    },
    container: {
      volumeMounts: [
        { name: "tmp", mountPath: "/tmp" },
        { name: "host", mountPath: "/host", ...mount },
      ],
    },
  });
}

const claiming = deployment({
  podSpec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] },
  container: { volumeMounts: [{ name: "data", mountPath: "/data" }] },
});
const numbered = statefulSet({
  container: { volumeMounts: [{ name: "data", mountPath: "/data" }] },
  spec: { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: {} }] },
});
const ephemeral = deployment({
  podSpec: { volumes: [{ name: "data", ephemeral: { volumeClaimTemplate: { spec: {} } } }] },
  container: { volumeMounts: [{ name: "data", mountPath: "/data" }] },
});
const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data", namespace: "shop" }, spec: { volumeName: "disk" } };
const disk = (spec: Record<string, unknown>) => ({ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "disk" }, spec });

describeControl(control, {
  unknown: [
    {
      name: "a claim whose volume these manifests do not show",
      objects: [claiming],
      complete: false,
      reason: "These manifests do not show which PersistentVolume the claim of volume data gets: it may be a directory of the node.",
    },
    { name: "a claim that names a volume which is not among them", objects: [claiming, claim], complete: false },
    { name: "a StatefulSet's own claims", objects: [numbered], complete: false },
    { name: "a claim of the pod's own", objects: [ephemeral], complete: false },
    { name: "no host directory is seen, and volumes of the cluster cannot be read", objects: [mounting("/srv/data")], missing: ["persistentVolumes"] },
  ],
  fails: [
    {
      name: "a plain host directory, also when volumes of the cluster cannot be read",
      objects: [mounting("/etc")],
      missing: ["persistentVolumes", "persistentVolumeClaims"],
      remedy: false,
    },
    {
      name: "the root, writable",
      objects: [mounting("/")],
      evidence: [{ path: "spec.template.spec.volumes[0].hostPath.path", value: "/", container: "app", severity: "critical" }],
      severity: "critical",
    },
    { name: "a log directory, read-only", objects: [mounting("/var/log", { readOnly: true })], severity: "high" },
    { name: "above a sensitive directory", objects: [mounting("/var/lib")] },
    { name: "inside the kubelet's directory", objects: [mounting("/var/lib/kubelet/pods")] },
    { name: "a user's keys", objects: [mounting("/home/ada/.ssh/id", { readOnly: true })] },
    { name: "by subPath", objects: [mounting("/", { subPath: "etc/kubernetes" })] },
    {
      name: "a claim of a StatefulSet on a volume of the node, which cannot be changed in place",
      objects: [
        statefulSet({
          container: { volumeMounts: [{ name: "data", mountPath: "/data" }] },
          spec: { volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { volumeName: "node-etc" } }] },
        }),
        { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "node-etc" }, spec: { hostPath: { path: "/etc" } } },
      ],
      evidence: [{ path: "spec.hostPath.path", value: "/etc", container: "app", severity: "critical" }],
      remedy: false,
    },
    {
      name: "a host directory beside a claim that is not told",
      objects: [
        deployment({
          podSpec: {
            volumes: [
              { name: "host", hostPath: { path: "/etc" } },
              { name: "data", persistentVolumeClaim: { claimName: "data" } },
            ],
          },
          container: {
            volumeMounts: [
              { name: "host", mountPath: "/host" },
              { name: "data", mountPath: "/data" },
            ],
          },
        }),
      ],
      complete: false,
      remedy: false,
    },
    { name: "all kernel settings", objects: [mounting("/proc/sys")], severity: "critical" },
    { name: "a subPath that is not known", objects: [mounting("/etc", { subPathExpr: "$(NODE)" })] },
  ],
  passes: [
    { name: "a claim in a whole cluster, which has no volume yet", objects: [claiming, numbered] },
    { name: "a claim on a disk that is among the manifests", objects: [claiming, claim, disk({ csi: { driver: "ebs" } })], complete: false },
    {
      name: "a volume that is kept for the claim",
      objects: [claiming, disk({ csi: { driver: "ebs" }, claimRef: { namespace: "shop", name: "data" } })],
      complete: false,
    },
    {
      name: "a claim that no container mounts",
      objects: [deployment({ podSpec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] } })],
      complete: false,
    },
    { name: "a directory of its own", objects: [mounting("/srv/data")] },
    { name: "shared memory", objects: [mounting("/dev/shm")] },
    { name: "one file inside /etc", objects: [mounting("/etc/localtime")] },
    { name: "a narrow subPath of a wide volume", objects: [mounting("/", { subPath: "srv/data" })] },
    { name: "declared and not mounted", objects: [deployment({ podSpec: { volumes: [{ name: "host", hostPath: { path: "/" } }] } })] },
  ],
  subsumed: [{ name: "the directory holds the runtime's socket", objects: [mounting("/var/run")] }],
});
