import { deployment, networkPolicy } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-allow-all";

const policy = (spec: object) => [{ ...networkPolicy(), spec: { podSelector: { matchLabels: { app: "app" } }, ...spec } }, deployment()];

describeControl(control, {
  fails: [
    {
      name: "a rule without anything",
      objects: policy({ policyTypes: ["Ingress"], ingress: [{}] }),
      severity: "medium",
      evidence: [{ path: "spec.ingress[0]" }],
    },
    {
      name: "for every pod",
      objects: policy({ podSelector: {}, policyTypes: ["Egress"], egress: [{}] }),
      severity: "high",
      evidence: [{ path: "spec.egress[0]" }],
    },
    { name: "empty lists mean the same", objects: policy({ ingress: [{ from: [], ports: [] }] }), severity: "medium" },
    {
      name: "every port, one protocol after the other",
      objects: policy({ ingress: [{ ports: [{ port: 1, endPort: 65_535 }, { protocol: "UDP" }] }] }),
      severity: "medium",
    },
    { name: "every namespace", objects: policy({ ingress: [{ from: [{ namespaceSelector: {} }] }] }), severity: "low" },
    { name: "egress by its rules alone, without policyTypes", objects: policy({ egress: [{}] }) },
  ],
  passes: [
    { name: "every port of one protocol", objects: policy({ ingress: [{ ports: [{ protocol: "TCP" }] }] }) },
    {
      name: "all ports but one",
      objects: policy({ ingress: [{ ports: [{ port: 1, endPort: 65_534 }, { protocol: "UDP" }] }] }),
    },
    { name: "no rules deny", objects: policy({ policyTypes: ["Ingress", "Egress"] }) },
    { name: "any peer on one port", objects: policy({ ingress: [{ ports: [{ port: 80 }] }] }) },
    { name: "a direction that is not among its types", objects: policy({ policyTypes: ["Egress"], ingress: [{}] }) },
    {
      name: "chosen pods of every namespace",
      objects: policy({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: "app" } } }] }] }),
    },
  ],
});
