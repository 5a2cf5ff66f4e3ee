import { node, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./service-nodeport";

const open = service({ spec: { type: "NodePort", ports: [{ port: 80, nodePort: 30080 }], externalTrafficPolicy: "Cluster" } });
const target = { kind: "Service", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "a node port",
      objects: [node(), open],
      target,
      evidence: [{ path: "spec.type", value: "NodePort", message: "Its port (30080) is open on every node." }],
      severity: "low",
    },
    {
      name: "two node ports",
      objects: [
        node(),
        service({
          spec: {
            type: "NodePort",
            ports: [
              { name: "a", port: 80, nodePort: 30080 },
              { name: "b", port: 81, nodePort: 30081 },
            ],
          },
        }),
      ],
      target,
      evidence: [{ path: "spec.type", message: "Its ports (30080, 30081) are open on every node." }],
    },
    {
      name: "on nodes with a public address",
      objects: [node({ status: { addresses: [{ type: "ExternalIP", address: "34.1.2.3" }] } }), open],
      target,
      severity: "medium",
    },
    {
      name: "on nodes with an external address that is private",
      objects: [node({ status: { addresses: [{ type: "ExternalIP", address: "192.168.7.20" }] } }), open],
      target,
      severity: "low",
    },
    {
      name: "on a cluster of one machine, whatever its address",
      objects: [node({ spec: { providerID: "kind://a" }, status: { addresses: [{ type: "ExternalIP", address: "34.1.2.3" }] } }), open],
      target,
      severity: "low",
    },
    { name: "in a set of manifests", objects: [open], target, complete: false },
  ],
  passes: [
    { name: "a cluster address", objects: [node(), service()], target },
    { name: "a load balancer, which is another question", objects: [node(), service({ spec: { type: "LoadBalancer" } })], target },
  ],
  notApplicable: [{ name: "an external name", objects: [service({ spec: { type: "ExternalName", externalName: "db.example.com" } })], target }],
  unknown: [{ name: "nodes cannot be listed", objects: [open], target, missing: ["nodes"] }],
});
