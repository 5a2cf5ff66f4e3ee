import { expect, test } from "vitest";
import { configMap, deployment, service } from "../testing";
import { entriesOf, exposuresOf } from "./testing-exposure";

const FLAG = "--tcp-services-configmap=$(POD_NAMESPACE)/tcp-services";
const controller = (args: readonly string[] = [FLAG], podSpec: object = {}, ports: readonly object[] = [{ name: "6379-tcp", containerPort: 6379 }]) =>
  deployment({ name: "ingress", namespace: "edge", podSpec: { ...podSpec }, container: { args: ["/nginx-ingress-controller", ...args], ports } });
const streams = (data: object = { "6379": "shop/app:80" }, name = "tcp-services") => configMap({ name, namespace: "edge", data });
const front = (ports: readonly object[] = [{ port: 6379, targetPort: "6379-tcp" }], spec: object = {}) =>
  service({
    name: "ingress",
    namespace: "edge",
    spec: { type: "LoadBalancer", selector: { app: "ingress" }, ports, ...spec },
    status: { loadBalancer: { ingress: [{ ip: "34.1.2.3" }] } },
  });
const PASSES = "ConfigMap edge/tcp-services has an ingress controller pass its port 6379 on to it";

test("tells of a port that an ingress controller passes on to a Service, with the entry that says so", () => {
  expect(entriesOf(service(), controller(), streams(), front())[0]).toMatchObject({
    exposure: "external",
    via: { ref: { kind: "ConfigMap", name: "tcp-services" } },
    path: 'data["6379"]',
    value: "shop/app:80",
    message: `${PASSES}. Service ingress is a load balancer. Its address 34.1.2.3 is on the internet.`,
    hasSignIn: false,
  });
});

test.each([
  ["with words for the PROXY protocol", [controller(), streams({ "6379": "shop/app:80:PROXY:PROXY" }), front()], ["external", "internal"]],
  ["by the name of its port", [controller(), streams({ "6379": "shop/app:http" }), front()], ["external", "internal"]],
  ["over UDP", [controller(["--udp-services-configmap", "edge/tcp-services"]), streams(), front()], ["external", "internal"]],
  ["through HAProxy", [controller(["--configmap-tcp-services=edge/tcp-services"]), streams(), front()], ["external", "internal"]],
  ["through a Service that names the port by its number", [controller(), streams(), front([{ port: 6379 }])], ["external", "internal"]],
  [
    "through a Service for named networks",
    [controller(), streams(), front(undefined, { loadBalancerSourceRanges: ["8.8.8.0/24"] })],
    ["external-restricted", "internal"],
  ],
  ["through a Service of the cluster", [controller(), streams(), front(undefined, { type: "ClusterIP" })], ["internal", "internal"]],
  ["on its nodes", [controller([FLAG], { hostNetwork: true }), streams()], ["node", "internal"]],
  ["by a port of its nodes", [controller([FLAG], {}, [{ containerPort: 6379, hostPort: 6379 }]), streams()], ["node", "internal"]],
  ["that its own Service does not open", [controller(), streams(), front([{ port: 80 }])], ["internal", "none"]],
  ["to another Service", [controller(), streams({ "6379": "shop/other:80" }), front()], ["internal"]],
  ["in a ConfigMap that no controller names", [controller(), streams(undefined, "other"), front()], ["internal"]],
  ["in no form that is known", [controller(), streams({ "6379": "app" }), front()], ["internal"]],
])("tells how far a port goes that is passed on %s", (_, objects, expected) => {
  expect(exposuresOf(service(), ...objects)).toEqual(expected);
});

test("follows a port that is passed on to another name of a Service", () => {
  const alias = service({ name: "alias", namespace: "edge", spec: { type: "ExternalName", selector: null, externalName: "app.shop.svc.cluster.local" } });
  expect(exposuresOf(service(), controller(), streams({ "6379": "edge/alias:80" }), front(), alias)).toEqual(["external", "internal"]);
});
