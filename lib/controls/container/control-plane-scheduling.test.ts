import { deployment, node, pod } from "../../inventory/testing";
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
    {
      name: "the older key, equal to nothing",
      objects: [
        node({ name: "control-1", spec: { taints: [{ key: "node-role.kubernetes.io/master", effect: "NoSchedule" }] } }),
        tolerating({ key: "node-role.kubernetes.io/master" }),
      ],
    },
    {
      name: "a taint with a value, by that value",
      objects: [
        node({ name: "control-1", spec: { taints: [{ key: KEY, value: "true", effect: "NoSchedule" }] } }),
        tolerating({ key: KEY, operator: "Equal", value: "true", effect: "NoSchedule" }),
      ],
    },
    { name: "a node that wears only the label", objects: [node({ name: "control-1", labels: { [KEY]: "" } }), tolerating({ operator: "Exists" })] },
    {
      name: "a node that is named, past the scheduler and its taint",
      objects: [controlPlane, deployment({ podSpec: { nodeName: "control-1" } })],
      evidence: [{ path: "spec.template.spec.nodeName", value: "control-1" }],
    },
  ],
  passes: [
    { name: "no toleration for it", objects: [controlPlane, tolerating({ key: "gpu", operator: "Exists" })] },
    { name: "only against eviction", objects: [controlPlane, tolerating({ key: KEY, operator: "Exists", effect: "NoExecute" })] },
    {
      name: "one of two taints stays",
      objects: [
        node({
          name: "control-1",
          spec: {
            taints: [
              { key: KEY, effect: "NoSchedule" },
              { key: KEY, effect: "NoExecute" },
            ],
          },
        }),
        tolerating({ key: KEY, operator: "Exists", effect: "NoSchedule" }),
      ],
    },
    { name: "a key that the node does not have", objects: [controlPlane, tolerating({ key: "node-role.kubernetes.io/master", operator: "Exists" })] },
    {
      name: "pinned to workers, where the control plane has no taint",
      objects: [node({ name: "control-1", labels: { [KEY]: "" } }), deployment({ podSpec: { nodeSelector: { role: "worker" } } })],
    },
    { name: "pinned to workers", objects: [controlPlane, tolerating({ operator: "Exists" }, { nodeSelector: { role: "worker" } })] },
  ],
  notApplicable: [
    {
      name: "a pod that the scheduler put on a node without the taint",
      objects: [node({ name: "control-1", labels: { [KEY]: "" } }), pod({ podSpec: { nodeName: "control-1" } })],
    },
    {
      name: "a node that any pod may run on",
      objects: [node({ name: "control-1", labels: { [KEY]: "" } }), node(), deployment()],
      reason: "Any pod may run on control-1, a node of the control plane: the node has no taint that keeps workloads off.",
    },
    { name: "a managed cluster", objects: [node(), tolerating({ operator: "Exists" })] },
    { name: "a part of the platform", objects: [controlPlane, deployment({ namespace: "kube-system", podSpec: { tolerations: [{ operator: "Exists" }] } })] },
  ],
  unknown: [
    { name: "nodes cannot be read", objects: [tolerating({ operator: "Exists" })], missing: ["nodes"] },
    { name: "a set of manifests without nodes", objects: [tolerating({ operator: "Exists" })], complete: false },
  ],
});
