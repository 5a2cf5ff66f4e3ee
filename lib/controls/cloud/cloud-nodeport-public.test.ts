import { node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-nodeport-public";

const aws = { spec: { providerID: "aws:///a/i-1" } };
const PUBLIC = { addresses: [{ type: "ExternalIP", address: "34.1.2.3" }] };
const open = node({ ...aws, status: PUBLIC });
const nameless = { ...aws, status: { addresses: [{ type: "Hostname", address: "b" }] } };
const target = { kind: "Service", name: "app" };
const nodePort = service({ spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }] } });

describeControl(control, {
  fails: [
    { name: "a node port on a public node", objects: [open, nodePort], target, evidence: [{ path: "spec.type" }] },
    {
      name: "a load balancer that opens node ports too",
      objects: [open, service({ spec: { type: "LoadBalancer", loadBalancerSourceRanges: ["198.51.100.0/24"] } })],
      target,
      evidence: [{ path: "spec.allocateLoadBalancerNodePorts", value: null }],
    },
    {
      name: "a load balancer that kept the node port that it had",
      objects: [open, service({ spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false, ports: [{ port: 80, nodePort: 30080 }] } })],
      target,
      evidence: [{ path: "spec.ports[0].nodePort", value: "30080" }],
    },
    {
      name: "a node port with a policy for its traffic",
      objects: [open, service({ spec: { type: "NodePort", externalTrafficPolicy: "Local", ports: [{ port: 80, nodePort: 30080 }] } })],
      target,
    },
  ],
  passes: [
    { name: "no public node", objects: [node(aws), nodePort], target },
    {
      name: "a virtual node without addresses",
      objects: [node(aws), node({ ...nameless, name: "b", labels: { "eks.amazonaws.com/compute-type": "fargate" } }), nodePort],
      target,
    },
    {
      name: "a virtual node with a public address",
      objects: [node(aws), node({ ...aws, name: "b", labels: { type: "virtual-kubelet" }, status: PUBLIC }), nodePort],
      target,
    },
  ],
  unknown: [
    {
      name: "a node that reports its name alone",
      objects: [node(aws), node({ ...nameless, name: "b" }), nodePort],
      target,
      reason: "Node b reports no address.",
    },
    { name: "no node is among the manifests", objects: [nodePort], target, complete: false },
    { name: "other nodes may be public", objects: [node(aws), nodePort], target, complete: false },
  ],
  notApplicable: [
    { name: "no known cloud", objects: [node(), nodePort], target },
    { name: "no node port", objects: [open, service()], target },
    { name: "a load balancer that opens none", objects: [open, service({ spec: { type: "LoadBalancer", allocateLoadBalancerNodePorts: false } })], target },
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } }), nodePort], target },
    { name: "kind, whose node reports its name alone", objects: [node({ ...nameless, spec: { providerID: "kind://a" } }), nodePort], target },
  ],
});
