import { platformView } from "../../inventory/cloud/cloud-provider";
import { hiddenNodeView, publicNodeView } from "../../inventory/nodes/public-node";
import { readPath } from "../../model/field-path";
import { list, record } from "../../model/json";
import { cloudAnswer } from "../cloud-answer";
import { defineControl, safe, unknown, weakness } from "../define";
import { closeNodePorts } from "../remedies/close-node-ports";

export default defineControl({
  id: "cloud-nodeport-public",
  layer: "cloud",
  severity: "medium",
  title: "Node ports are not open on public addresses",
  failure: "opens node ports on nodes with a public address",
  why: "A node port on a node with a public address is an entry point that no load balancer and no ingress rule guards.",
  action: "Close node ports on nodes with a public address",
  fix: "Keep nodes in private subnets; use type ClusterIP, or `allocateLoadBalancerNodePorts: false` where the load balancer reaches pods directly, and remove the `nodePort` of each port: a Service keeps those that it has.",
  verify:
    "kubectl get nodes -o wide; kubectl get svc -A -o custom-columns='NAMESPACE:.metadata.namespace,SERVICE:.metadata.name,TYPE:.spec.type,NODEPORTS:.spec.ports[*].nodePort'",
  lookFor: "Every port under NODEPORTS is open on each node that has a public address, under EXTERNAL-IP or INTERNAL-IP.",
  tips: ["S2"],
  frameworks: { nsa: ["NP"], mitre: ["T1133"], owasp: ["K06"] },
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-nodeport-allocation"],
  subject: "service",
  reads: ["nodes"],
  wholeCluster: "pass",
  check: (service, context) => {
    const spec = record(service.body.spec);
    const isAllocated = spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false;
    // A Service that is told so later keeps the ports that it has.
    const kept = spec.type === "LoadBalancer" ? list(spec.ports).findIndex((port) => record(port).nodePort) : -1;
    if (spec.type !== "NodePort" && !isAllocated && kept < 0) return safe("The Service opens no port on nodes.");
    const platform = context.view(platformView);
    const open = context.view(publicNodeView);
    if (!open) {
      // Neither the cloud nor its public nodes need be among manifests.
      if (!context.isComplete && !platform.isLocal) return [];
      const answer = cloudAnswer(platform, []);
      const hidden = context.view(hiddenNodeView);
      return hidden && !("state" in answer) ? unknown(`Node ${hidden.ref.name} reports no address.`) : answer;
    }
    const path = spec.type === "NodePort" ? "spec.type" : isAllocated ? "spec.allocateLoadBalancerNodePorts" : `spec.ports[${kept}].nodePort`;
    return [weakness(path, readPath(service.body, path), `Its node ports are open on node ${open.ref.name}, which has a public address.`)];
  },
  remedy: (service) => ({
    ops: closeNodePorts(service),
    risk: "may-break",
    note: "Load balancers that reach pods through node ports stop working: check that yours reaches pods directly.",
  }),
});
