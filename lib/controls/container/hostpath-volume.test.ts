import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./hostpath-volume";

const volume = { name: "data", hostPath: { path: "/srv/data" } };

describeControl(control, {
  fails: [
    {
      name: "present and not mounted",
      objects: [deployment({ podSpec: { volumes: [volume] } })],
      evidence: [{ path: "spec.template.spec.volumes[0].hostPath", value: "/srv/data", severity: "medium" }],
      severity: "medium",
    },
    {
      name: "mounted writable",
      objects: [deployment({ podSpec: { volumes: [volume] }, container: { volumeMounts: [{ name: "data", mountPath: "/x" }] } })],
      severity: "high",
    },
    {
      name: "mounted read-only",
      objects: [deployment({ podSpec: { volumes: [volume] }, container: { volumeMounts: [{ name: "data", mountPath: "/x", readOnly: true }] } })],
      severity: "medium",
    },
    { name: "an empty hostPath is one", objects: [deployment({ podSpec: { volumes: [{ name: "data", hostPath: {} }] } })] },
  ],
  passes: [
    { name: "other volumes", objects: [deployment({ podSpec: { volumes: [{ name: "tmp", emptyDir: { sizeLimit: "1Gi" } }] } })] },
    { name: "null is not set", objects: [deployment({ podSpec: { volumes: [{ name: "tmp", hostPath: null }] } })] },
  ],
  subsumed: [
    {
      name: "the directory is sensitive",
      objects: [
        deployment({ podSpec: { volumes: [{ name: "etc", hostPath: { path: "/etc" } }] }, container: { volumeMounts: [{ name: "etc", mountPath: "/etc" }] } }),
      ],
    },
  ],
  unknown: [{ name: "volumes are a map", objects: [deployment({ podSpec: { volumes: { data: {} } } })] }],
});
