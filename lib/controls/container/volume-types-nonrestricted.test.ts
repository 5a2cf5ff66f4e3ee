import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./volume-types-nonrestricted";

function volumes(...list: unknown[]) {
  return deployment({ podSpec: { volumes: list } });
}

describeControl(control, {
  fails: [
    {
      name: "a file server named by the pod",
      objects: [volumes({ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }, { name: "share", nfs: { server: "nfs.example.com", path: "/x" } })],
      evidence: [{ path: "spec.template.spec.volumes[1].nfs", severity: "low" }],
      severity: "low",
    },
    { name: "a type beside a key that is none", objects: [volumes({ name: "a", emptydir: {} }, { name: "b", iscsi: { iqn: "x" } })], severity: "low" },
    { name: "a repository", objects: [volumes({ name: "src", gitRepo: { repository: "https://example.com/r.git" } })], severity: "high" },
  ],
  passes: [
    {
      name: "allowed types",
      objects: [volumes({ name: "a", configMap: { name: "x" } }, { name: "b", csi: { driver: "x" } }, { name: "c", image: { reference: "x:1" } })],
    },
    { name: "a volume without a source, which becomes an emptyDir", objects: [volumes({ name: "a" })] },
  ],
  subsumed: [{ name: "a hostPath, which has its own controls", objects: [volumes({ name: "a", hostPath: { path: "/srv" } })] }],
  unknown: [
    { name: "a volume that is a text", objects: [volumes("data")] },
    { name: "a key that is no type, which the server may leave out", objects: [volumes({ name: "a", emptydir: {} })] },
  ],
});
