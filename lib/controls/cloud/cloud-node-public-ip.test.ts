import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./cloud-node-public-ip";

const addresses = (...entries: readonly [type: string, address: string][]) => ({
  status: { addresses: entries.map(([type, address]) => ({ type, address })) },
});
const aws = { spec: { providerID: "aws:///eu-west-1a/i-1" } };

describeControl(control, {
  fails: [
    {
      name: "an external address",
      objects: [node({ ...aws, ...addresses(["InternalIP", "10.0.0.1"], ["ExternalIP", "34.1.2.3"]) })],
      evidence: [{ path: "status.addresses[1]", value: "ExternalIP 34.1.2.3" }],
    },
    {
      name: "an internal address that is routed on the internet",
      objects: [node({ ...aws, ...addresses(["InternalIP", "34.1.2.3"]) })],
      evidence: [{ path: "status.addresses[0]" }],
    },
    { name: "outside of a known cloud too", objects: [node(addresses(["ExternalIP", "34.1.2.3"]))] },
  ],
  passes: [
    { name: "an external address that is private", objects: [node({ ...aws, ...addresses(["InternalIP", "10.0.0.1"], ["ExternalIP", "192.168.7.20"]) })] },
    { name: "private addresses only", objects: [node({ ...aws, ...addresses(["InternalIP", "10.0.0.1"], ["InternalIP", "fd00::1"], ["Hostname", "a"]) })] },
  ],
  notApplicable: [
    { name: "private addresses in no known cloud", objects: [node()] },
    { name: "a Fargate node", objects: [node({ ...aws, labels: { "eks.amazonaws.com/compute-type": "fargate" } })] },
    { name: "kind", objects: [node({ spec: { providerID: "kind://a" } })] },
  ],
  unknown: [
    { name: "a node without addresses", objects: [node({ ...aws, ...addresses() })] },
    { name: "a node that reports its name alone", objects: [node({ ...aws, ...addresses(["Hostname", "a"]) })], reason: "The node reports no address." },
    { name: "a node whose external address is a name", objects: [node({ ...aws, ...addresses(["ExternalIP", "a.example.com"]) })] },
  ],
});
