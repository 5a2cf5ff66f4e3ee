import { expect, test } from "vitest";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { ask } from "./testing";

const LABEL = { "k8s.ovn.org/primary-user-defined-network": "" };
const tenant = (name: string, labels: object = {}) => namespace({ name, labels: { ...LABEL, ...labels } });
const layer = (role: string) => ({ topology: "Layer2", layer2: { role, subnets: ["10.1.0.0/16"] } });

function network(kind: string, name: string, spec: object): JsonRecord {
  const metadata = { name, ...(kind === "UserDefinedNetwork" && { namespace: name }) };
  return { apiVersion: "k8s.ovn.org/v1", kind, metadata, spec };
}

const own = (name: string, role = "Primary") => network("UserDefinedNetwork", name, layer(role));
const shared = (selector: object, role = "Primary", name = "shared") =>
  network("ClusterUserDefinedNetwork", name, { namespaceSelector: selector, network: layer(role) });
const web = (name: string, part: object = {}) => deployment({ name: "web", namespace: name, ...part });
const [RED, BLUE] = ["red/Deployment/web", "blue/Deployment/web"];
const TENANTS = [tenant("red", { team: "a" }), tenant("blue", { team: "a" }), web("red"), deployment({ name: "api", namespace: "red" }), web("blue")];

test("primary networks of two namespaces are apart, from each other and from that of the cluster", () => {
  const objects = [...TENANTS, own("red"), own("blue")];
  expect(ask(objects, RED, BLUE)).toBe(false);
  expect(ask(objects, RED, "web")).toBe(false);
  expect(ask(objects, "web", RED)).toBe(false);
  expect(ask(objects, RED, "red/Deployment/api")).toBe(true);
  expect(ask(objects, "db", "web")).toBe(true);
  for (const [from, to] of [
    [RED, "external"],
    ["external", RED],
  ] as const)
    expect(ask(objects, from, to)).toBe(true);
});

test("namespaces that share a network reach each other, as far as policies let them", () => {
  const objects = [...TENANTS, shared({ matchLabels: { team: "a" } })];
  expect(ask(objects, RED, BLUE)).toBe(true);
  expect(ask(objects, "web", BLUE)).toBe(false);
  expect(ask([...objects, { ...networkPolicy({ namespace: "blue" }), spec: { podSelector: {}, ingress: [] } }], RED, BLUE)).toBe(false);
  expect(ask([...TENANTS, shared({ matchExpressions: [{ key: "team", operator: "In", values: ["a"] }] }, "Primary")], RED, BLUE)).toBe(true);
});

test("secondary networks, and networks of a namespace that is not labelled for one, move nothing", () => {
  expect(ask([...TENANTS.slice(2), namespace({ name: "red" }), namespace({ name: "blue" }), own("red"), own("blue")], RED, BLUE)).toBe(true);
  const plain = [namespace({ name: "red" }), namespace({ name: "blue" }), ...TENANTS.slice(2)];
  expect(ask([...plain, own("red", "Secondary"), shared({}, "Secondary")], RED, BLUE)).toBe(true);
  const attached = { apiVersion: "k8s.cni.cncf.io/v1", kind: "NetworkAttachmentDefinition", metadata: { name: "net", namespace: "red" } };
  expect(ask([...plain, { ...attached, spec: { config: '{"type":"macvlan"}' } }], RED, BLUE)).toBe(true);
  expect(ask([...plain, { ...attached, spec: { config: "{" } }], RED, BLUE)).toBe(true);
});

test("an attachment with the role of a primary network is one, and shares it by its name; one that a network made says nothing more", () => {
  const attach = (name: string, called: string, metadata: object = {}) => ({
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: { name: "net", namespace: name, ...metadata },
    spec: { config: JSON.stringify({ type: "ovn-k8s-cni-overlay", topology: "layer3", role: "primary", name: called }) },
  });
  expect(ask([...TENANTS, attach("red", "one"), attach("blue", "two")], RED, BLUE)).toBe(false);
  expect(ask([...TENANTS, attach("red", "one"), attach("blue", "one")], RED, BLUE)).toBe(true);
  const made = { ownerReferences: [{ apiVersion: "k8s.ovn.org/v1", kind: "ClusterUserDefinedNetwork", name: "shared", uid: "1" }] };
  expect(ask([...TENANTS, shared({}), attach("red", "cluster_udn_shared", made)], RED, BLUE)).toBe(true);
});

test("what is not known of a namespace, or of its network, cannot be told", () => {
  expect(ask([...TENANTS, own("red")], RED, BLUE)).toBe(null);
  expect(ask([...TENANTS, own("red"), shared({ matchLabels: { team: "a" } })], RED, BLUE)).toBe(null);
  expect(ask([web("red"), web("blue"), own("red")], RED, BLUE)).toBe(null);
  expect(ask([web("red"), web("blue"), own("red")], "web", BLUE)).toBe(true);
  expect(ask([...TENANTS.slice(0, 1), web("red"), web("blue"), shared({ matchLabels: { team: "a" } })], RED, BLUE)).toBe(null);
  const named = { matchLabels: { "kubernetes.io/metadata.name": "red" } };
  expect(ask([...TENANTS.slice(0, 1), web("red"), web("blue"), shared(named)], RED, BLUE)).toBe(false);
});

test("nodes, opened ports, name servers and connected networks may be reached across", () => {
  const objects = [...TENANTS, own("red"), own("blue")];
  const agent = deployment({ name: "agent", podSpec: { hostNetwork: true } });
  expect(ask([...objects, agent], "agent", RED)).toBe(null);
  expect(ask([...objects, agent], RED, "agent")).toBe(null);
  expect(ask([...objects, agent], "db", "agent")).toBe(true);
  const dns = [namespace({ name: "kube-system" }), deployment({ name: "coredns", namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" } })];
  expect(ask([...objects, ...dns], RED, "kube-system/Deployment/coredns", 53, "UDP")).toBe(null);
  expect(ask([...objects, ...dns], "kube-system/Deployment/coredns", RED)).toBe(false);
  const opened = { "k8s.ovn.org/open-default-ports": "- protocol: tcp\n  port: 80\n- protocol: udp\n  port: 53\n" };
  const open = [...objects, deployment({ name: "open", namespace: "red", podAnnotations: opened })];
  expect(ask(open, "web", "red/Deployment/open", 80)).toBe(null);
  expect(ask(open, "web", "red/Deployment/open", 53, "UDP")).toBe(null);
  expect(ask(open, "web", "red/Deployment/open", 53)).toBe(false);
  expect(ask(open, BLUE, "red/Deployment/open", 80)).toBe(false);
  const connect = network("ClusterNetworkConnect", "bridge", { connectivity: ["PodNetwork"] });
  expect(ask([...objects, connect], RED, BLUE)).toBe(null);
  expect(ask([...objects, connect], RED, "web")).toBe(false);
});

test("virtual machines are known by the labels of their template", () => {
  const metadata = { labels: { app: "vm" } };
  const interfaces = [{ name: "default", ports: [{ name: "ssh", port: 22 }] }];
  const machine = {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name: "box", namespace: "shop", labels: { app: "other" } },
    spec: { template: { metadata, spec: { domain: { devices: { interfaces } } } } },
  };
  const only = { ...networkPolicy(), spec: { podSelector: { matchLabels: { app: "vm" } }, ingress: [{ ports: [{ port: "ssh" }] }] } };
  for (const name of ["shop/VirtualMachine/box", "shop/VirtualMachineInstance/box"]) {
    expect(ask([machine, only], "db", name, 22)).toBe(true);
    expect(ask([machine, only], "db", name, "ssh")).toBe(true);
    expect(ask([machine, only], "db", name, 80)).toBe(false);
  }
  const instance = { ...machine, kind: "VirtualMachineInstance", metadata: { name: "lone", namespace: "shop", labels: { app: "vm" } }, spec: { domain: {} } };
  const launcher = { ...networkPolicy(), spec: { podSelector: { matchLabels: { "vm.kubevirt.io/name": "lone" } }, ingress: [] } };
  expect(ask([instance, only], "db", "shop/VirtualMachineInstance/lone", 80)).toBe(false);
  expect(ask([instance, launcher], "db", "shop/VirtualMachineInstance/lone", 80)).toBe(false);
  expect(ask([...TENANTS, own("red"), own("blue"), { ...machine, metadata: { name: "box", namespace: "red" } }], "red/VirtualMachine/box", BLUE)).toBe(false);
});

test("a policy for secondary networks closes nothing in the one that pods share, and is no NetworkPolicy of that name", () => {
  // https://github.com/k8snetworkplumbingwg/multi-networkpolicy: it holds for the networks that its annotation names.
  const multi = (spec: object): JsonRecord => ({
    apiVersion: "k8s.cni.cncf.io/v1beta1",
    kind: "MultiNetworkPolicy",
    metadata: { name: "deny", namespace: "shop", annotations: { "k8s.v1.cni.cncf.io/policy-for": "storage" } },
    spec: { podSelector: {}, ...spec },
  });
  expect(ask([multi({ policyTypes: ["Ingress", "Egress"] })], "db", "web")).toBe(true);
  const closed = networkPolicy({ name: "deny", spec: { podSelector: {}, policyTypes: ["Ingress"] } });
  expect(ask([closed, multi({ ingress: [{}] })], "db", "web")).toBe(false);
});
