import { deployment, node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./control-plane-scheduling";

const KEY = "node-role.kubernetes.io/control-plane";
const controlPlane = node({ name: "control-1", labels: { [KEY]: "" }, spec: { taints: [{ key: KEY, effect: "NoSchedule" }] } });

function tolerating(toleration: unknown, more: Record<string, unknown> = {}) {
  return deployment({ podSpec: { tolerations: [{ key: "spot", operator: "Exists" }, toleration], ...more } });
}

describeControl(control, {
  fails: [
    {
      name: "the taint by its key",
      objects: [controlPlane, node(), tolerating({ key: KEY, operator: "Exists", effect: "NoSchedule" })],
      target: { kind: "Deployment", name: "app" },
      evidence: [{ path: "spec.template.spec.tolerations[1]" }],
      severity: "medium",
    },
    { name: "every taint", objects: [controlPlane, tolerating({ operator: "Exists" })] },
    { name: "the older key, equal to nothing", objects: [controlPlane, tolerating({ key: "node-role.kubernetes.io/master" })] },
  ],
  passes: [
    { name: "no toleration for it", objects: [controlPlane, tolerating({ key: "gpu", operator: "Exists" })] },
    { name: "only against eviction", objects: [controlPlane, tolerating({ key: KEY, operator: "Exists", effect: "NoExecute" })] },
    { name: "pinned to workers", objects: [controlPlane, tolerating({ operator: "Exists" }, { nodeSelector: { role: "worker" } })] },
  ],
  notApplicable: [
    { name: "a managed cluster", objects: [node(), tolerating({ operator: "Exists" })] },
    { name: "a part of the platform", objects: [controlPlane, deployment({ namespace: "kube-system", podSpec: { tolerations: [{ operator: "Exists" }] } })] },
  ],
  unknown: [
    { name: "nodes cannot be read", objects: [tolerating({ operator: "Exists" })], missing: ["nodes"] },
    { name: "a set of manifests without nodes", objects: [tolerating({ operator: "Exists" })], complete: false },
  ],
});
