import { deployment, limitRange } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./ephemeral-storage-unbounded";

function part(emptyDir: unknown, limits: unknown = undefined) {
  return {
    podSpec: { volumes: [{ name: "tmp", emptyDir }] },
    container: { volumeMounts: [{ name: "tmp", mountPath: "/tmp" }], resources: { limits } },
  };
}

describeControl(control, {
  fails: [
    {
      name: "on disk, without any bound",
      objects: [deployment(part({}))],
      evidence: [{ path: "spec.template.spec.volumes[0].emptyDir.sizeLimit", value: null }],
      severity: "low",
    },
    {
      name: "an init container fills it",
      objects: [
        deployment({
          podSpec: {
            volumes: [{ name: "tmp", emptyDir: {} }],
            initContainers: [{ name: "load", volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] }],
          },
          container: { resources: { limits: undefined } },
        }),
      ],
      severity: "low",
    },
    { name: "a volume without a source", objects: [deployment(part(undefined))] },
    { name: "in memory, without a memory limit", objects: [deployment(part({ medium: "Memory" }))], severity: "medium" },
  ],
  passes: [
    {
      name: "nobody mounts it, on disk or in memory",
      objects: [
        deployment({
          podSpec: {
            volumes: [
              { name: "tmp", emptyDir: {} },
              { name: "cache", emptyDir: { medium: "Memory" } },
            ],
          },
          container: { resources: { limits: undefined } },
        }),
      ],
    },
    { name: "a size limit", objects: [deployment(part({ sizeLimit: "1Gi" }))] },
    { name: "a container's limit on disk", objects: [deployment(part({}, { "ephemeral-storage": "1Gi" }))] },
    { name: "in memory, within a memory limit", objects: [deployment(part({ medium: "Memory" }, { memory: "64Mi" }))] },
    {
      name: "a LimitRange bounds it",
      objects: [deployment(part({})), limitRange({ spec: { limits: [{ type: "Container", default: { "ephemeral-storage": "1Gi" } }] } })],
    },
    { name: "in huge pages, which are set aside", objects: [deployment(part({ medium: "HugePages-2Mi" }))] },
    { name: "other volumes", objects: [deployment({ podSpec: { volumes: [{ name: "a", configMap: { name: "x" } }] } })] },
  ],
  unknown: [{ name: "a set of manifests, where a LimitRange may exist", objects: [deployment(part({}))], complete: false }],
});
