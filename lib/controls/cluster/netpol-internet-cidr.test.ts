import { deployment, networkPolicy, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./netpol-internet-cidr";

const policy = (spec: object) => [{ ...networkPolicy(), spec: { podSelector: { matchLabels: { app: "app" } }, ...spec } }, deployment()];
const egress = (cidr: string, rest: object = {}) => policy({ policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr, ...rest } }] }] });
const ingress = policy({ policyTypes: ["Ingress"], ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] });
const balancer = service({ spec: { type: "LoadBalancer" }, status: { loadBalancer: { ingress: [{ ip: "52.1.2.3" }] } } });
const PATH = "spec.egress[0].to[0].ipBlock.cidr";

describeControl(control, {
  fails: [
    { name: "out to everywhere", objects: egress("0.0.0.0/0"), severity: "medium", evidence: [{ path: PATH, value: "0.0.0.0/0" }] },
    { name: "with private ranges cut out it is still the internet", objects: egress("0.0.0.0/0", { except: ["10.0.0.0/8"] }), severity: "medium" },
    { name: "written with another address", objects: egress("10.0.0.0/0") },
    { name: "written in full", objects: egress("0:0:0:0:0:0:0:0/0") },
    {
      name: "in two halves",
      objects: policy({ policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/1" } }, { ipBlock: { cidr: "128.0.0.0/1" } }] }] }),
    },
    {
      name: "web and names only",
      objects: policy({ policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "::/0" } }], ports: [{ port: 443 }, { port: 53, protocol: "UDP" }] }] }),
      severity: "low",
    },
    {
      name: "a span of ports that begins with names",
      objects: policy({ policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr: "::/0" } }], ports: [{ port: 53, endPort: 9000 }] }] }),
      severity: "medium",
    },
    { name: "in from everywhere to what serves the cluster", objects: ingress, severity: "low" },
  ],
  passes: [
    { name: "a range", objects: egress("203.0.113.0/24") },
    { name: "in from everywhere to what serves the internet", objects: [...ingress, balancer] },
    { name: "one half", objects: egress("0.0.0.0/1") },
  ],
});
