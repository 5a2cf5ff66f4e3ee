import { expect, test } from "vitest";
import { ingress, node, service } from "../testing";
import { entriesOf, exposuresOf } from "./testing-exposure";

const NLB = "k8s-edge-1a2b3c.elb.eu-west-1.amazonaws.com";
const aws = node({ spec: { providerID: "aws:///eu-west-1a/i-1" } });
const at = (value: object) => ({ status: { loadBalancer: { ingress: [value] } } });
const front = (address: object, annotations: object = {}, spec: object = {}, name = "edge") =>
  service({ name, namespace: "edge", metadata: { annotations }, spec: { type: "LoadBalancer", selector: { app: "edge" }, ...spec }, ...at(address) });
const INTERNAL = { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal", "service.beta.kubernetes.io/aws-load-balancer-type": "external" };
const OPEN = { ...INTERNAL, "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" };
const inside = (spec: object) => service({ name: "edge", namespace: "edge", spec: { clusterIP: "10.96.0.9", ...spec } });
const forOffice = (address: string) => ingress({ annotations: { "nginx.ingress.kubernetes.io/whitelist-source-range": "10.0.0.0/8" }, ...at({ ip: address }) });
const named = { loadBalancerSourceRanges: ["8.8.8.0/24"] };
const byNlb = ingress(at({ hostname: NLB }));
const byIp = ingress(at({ ip: "34.1.2.3" }));

test.each([
  ["an internal load balancer, whose name does not tell", [aws, front({ hostname: NLB }, INTERNAL), byNlb], "internal"],
  ["a public load balancer", [aws, front({ hostname: NLB }, OPEN), byNlb], "external"],
  ["a load balancer for named networks", [front({ ip: "34.1.2.3" }, {}, { loadBalancerSourceRanges: ["8.8.8.0/24"] }), byIp], "external-restricted"],
  ["a load balancer that tells nothing of itself", [front({ hostname: "edge.example.com" }), ingress(at({ hostname: "edge.example.com" }))], "external"],
  [
    "an address of named networks, on which an open store has another port",
    [front({ ip: "34.1.2.3" }, {}, { loadBalancerSourceRanges: ["8.8.8.0/24"] }), front({ ip: "34.1.2.3" }, {}, { ports: [{ port: 5432 }] }, "db"), byIp],
    "external-restricted",
  ],
  ["the address in the cluster of a Service with node ports", [inside({ type: "NodePort" }), ingress(at({ ip: "10.96.0.9" }))], "node"],
  ["the external IP of a Service with node ports", [inside({ type: "NodePort", externalIPs: ["10.1.0.4"] }), ingress(at({ ip: "10.1.0.4" }))], "node"],
  ["node ports, which its controller keeps for a private network", [inside({ type: "NodePort" }), forOffice("10.96.0.9")], "internal"],
  ["a load balancer for named networks, of which its controller lets in none", [front({ ip: "34.1.2.3" }, {}, named), forOffice("34.1.2.3")], "internal"],
  [
    "an internal load balancer and another address",
    [aws, front({ hostname: NLB }, INTERNAL), ingress({ status: { loadBalancer: { ingress: [{ hostname: NLB }, { ip: "34.1.2.3" }] } } })],
    "external",
  ],
])("tells how far an Ingress goes by %s", (_, objects, expected) => {
  expect(exposuresOf(service(), ...objects)[0]).toBe(expected);
});

test("says whose address it is, and that rules elsewhere decide who may connect", () => {
  const hidden = { ...OPEN, "service.beta.kubernetes.io/aws-load-balancer-security-groups": "sg-1" };
  expect(entriesOf(aws, service(), front({ hostname: NLB }, hidden), byNlb)[0]).toMatchObject({
    exposure: "external",
    message: "Ingress app routes to it. Service edge is a load balancer. No annotation asks for an internal load balancer, so the cloud makes a public one.",
    untold:
      "Who may connect is decided by what the annotation service.beta.kubernetes.io/aws-load-balancer-security-groups names, which the cluster does not show.",
  });
});

test("cannot tell where a network load balancer is that no Service shows", () => {
  const untold = `Whether load balancer ${NLB} is on the internet is told neither by its name nor by a Service.`;
  expect(entriesOf(aws, service(), byNlb)[0]).toMatchObject({ exposure: "external", untold });
  expect(entriesOf(aws, service(), front({ hostname: NLB }, OPEN), byNlb)[0]).not.toHaveProperty("untold");
  expect(entriesOf(aws, service(), ingress(at({ hostname: "k8s-app-1.eu-west-1.elb.amazonaws.com" })))[0]).not.toHaveProperty("untold");
});

test("cannot tell who may connect to a controller that a load balancer of AWS is bound to", () => {
  const bound = {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: { name: "edge", namespace: "edge" },
    spec: { serviceRef: { name: "edge", port: 80 }, targetType: "ip", targetGroupName: "edge" },
  };
  const routed = ingress(at({ ip: "10.96.0.9" }));
  const untold = "Who may connect to the load balancer of target group edge, which TargetGroupBinding edge leads here, is decided outside of the cluster.";
  expect(entriesOf(service(), inside({}), bound, routed)[0]).toMatchObject({ exposure: "possible", untold, via: { ref: { kind: "Ingress" } } });
  expect(exposuresOf(service(), inside({}), routed)).toEqual(["internal", "internal"]);
  expect(entriesOf(service(), inside({ type: "NodePort" }), bound, routed)[0]).not.toHaveProperty("untold");
});

test("tells how far the routes of a gateway go by the Service that has its address", () => {
  const API = "gateway.networking.k8s.io/v1";
  const gateway = (spec: object, addresses: readonly object[]) => ({
    apiVersion: API,
    kind: "Gateway",
    metadata: { name: "public", namespace: "shop" },
    spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }], ...spec },
    status: { addresses },
  });
  const route = {
    apiVersion: API,
    kind: "HTTPRoute",
    metadata: { name: "app", namespace: "shop" },
    spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [{ name: "app", port: 80 }] }] },
  };
  const reached = (...objects: readonly object[]) => exposuresOf(aws, service(), route, ...objects);
  expect(reached(gateway({}, [{ type: "Hostname", value: NLB }]), front({ hostname: NLB }, INTERNAL))).toEqual(["internal", "internal"]);
  expect(reached(gateway({}, [{ type: "Hostname", value: NLB }]))).toEqual(["external", "internal"]);
  expect(reached(gateway({ gatewayClassName: "gke-l7-rilb" }, []))).toEqual(["internal", "internal"]);
  expect(reached(gateway({ gatewayClassName: "gke-l7-global-external-managed" }, []))).toEqual(["possible", "internal"]);
});
