import { dig, record, records } from "../../model/json";
import { defineControl, unknown, weakness } from "../define";
import { ofNoLinuxNode } from "../virtual-node";

export default defineControl({
  id: "node-userns-capable",
  layer: "cluster",
  severity: "info",
  title: "Nodes can give pods a user namespace",
  failure: "cannot give pods a user namespace",
  why: "With `hostUsers: false`, root in a container is an unprivileged user on the node. A node that cannot do this lacks that protection.",
  action: "Run nodes that can give pods a user namespace",
  fix: "Use containerd 2.0 or newer, or CRI-O 1.25 or newer, on Linux 6.3 or newer.",
  verify:
    'kubectl get nodes -o json | jq -r \'.items[] | [.metadata.name, .status.nodeInfo.kernelVersion, ([.status.runtimeHandlers[]? | "\\(if (.name // "") == "" then "default" else .name end)=\\(.features.userNamespaces)"] | join(" "))] | @tsv\'',
  lookFor: "`default=true` can; `false` or `null` cannot. Nothing after the kernel version: the kubelet does not report it.",
  tips: ["S4"],
  frameworks: { nsa: ["HC"], mitre: ["T1611"] },
  references: ["https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/"],
  subject: "node",
  reads: [],
  check: (node) => {
    const other = ofNoLinuxNode(node);
    if (other) return other;
    const handlers = records(dig(node.body, "status", "runtimeHandlers"));
    const index = handlers.findIndex((handler) => handler.name === "" || handler.name === undefined);
    if (handlers.length === 0) return unknown("The node does not report its runtime handlers; kubelets do since 1.30.");
    if (index < 0) return unknown("The node reports no default among its runtime handlers, which pods without a RuntimeClass run with.");
    const features = record(handlers[index]?.features);
    return features.userNamespaces === true
      ? []
      : [
          weakness(
            `status.runtimeHandlers[${index}].features.userNamespaces`,
            features.userNamespaces,
            "The default runtime of the node offers no user namespaces.",
          ),
        ];
  },
  remedy: null,
});
