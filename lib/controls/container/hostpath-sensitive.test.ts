import { deployment } from "../../inventory/testing";
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

describeControl(control, {
  unknown: [{ name: "no host directory is seen, and volumes of the cluster cannot be read", objects: [mounting("/srv/data")], missing: ["persistentVolumes"] }],
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
    { name: "a subPath that is not known", objects: [mounting("/etc", { subPathExpr: "$(NODE)" })] },
  ],
  passes: [
    { name: "a directory of its own", objects: [mounting("/srv/data")] },
    { name: "shared memory", objects: [mounting("/dev/shm")] },
    { name: "one file inside /etc", objects: [mounting("/etc/localtime")] },
    { name: "a narrow subPath of a wide volume", objects: [mounting("/", { subPath: "srv/data" })] },
    { name: "declared and not mounted", objects: [deployment({ podSpec: { volumes: [{ name: "host", hostPath: { path: "/" } }] } })] },
  ],
  subsumed: [{ name: "the directory holds the runtime's socket", objects: [mounting("/var/run")] }],
});
