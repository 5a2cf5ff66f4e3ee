import { expect, test } from "vitest";
import { deployment, ingress, service } from "../testing";
import { entriesOf, exposuresOf } from "./testing-exposure";

const at = (value: object) => ({ status: { loadBalancer: { ingress: [value] } } });
const to = (name: string, port: object) => ({ rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name, port } } }] } }] });

const ACTION = "alb.ingress.kubernetes.io/actions.weighted";
const byAction = (action: object, name = "weighted") =>
  ingress({ metadata: { annotations: { [ACTION]: JSON.stringify(action) } }, spec: to(name, { name: "use-annotation" }), ...at({ ip: "34.1.2.3" }) });
const forward = (...targetGroups: readonly object[]) => ({ type: "forward", forwardConfig: { targetGroups } });

test.each([
  ["a Service", byAction(forward({ serviceName: "app", servicePort: "80" })), ["external", "internal"]],
  ["a Service, by the name of its port", byAction(forward({ serviceName: "app", servicePort: "http" })), ["external", "internal"]],
  [
    "a Service, written with capitals",
    byAction({ Type: "forward", ForwardConfig: { TargetGroups: [{ ServiceName: "app", ServicePort: 80 }] } }),
    ["external", "internal"],
  ],
  [
    "two Services, one of which gets nothing",
    byAction(forward({ serviceName: "app", servicePort: 80, weight: 0 }, { serviceName: "new", servicePort: 80, weight: 100 })),
    ["internal"],
  ],
  ["what something else made", byAction(forward({ targetGroupARN: "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/app/1" })), ["internal"]],
  ["an answer of its own", byAction({ type: "fixed-response", fixedResponseConfig: { statusCode: "503" } }), ["internal"]],
  ["an action that is called as the Service", byAction(forward({ serviceName: "other", servicePort: 80 }), "app"), ["internal"]],
])("follows the action of a load balancer of AWS to %s", (_, object, expected) => {
  expect(exposuresOf(service(), object)).toEqual(expected);
});

const inside = (spec: object = {}) => service({ name: "nginx", namespace: "edge", spec: { clusterIP: "10.96.0.9", selector: { app: "nginx" }, ...spec } });
const front = (annotations: object = {}, value: object = { ip: "34.1.2.3" }, name = "front") =>
  ingress({ metadata: { name, namespace: "edge", annotations }, spec: to("nginx", { number: 80 }), ...at(value) });
const routed = ingress(at({ ip: "10.96.0.9" }));
const SIGNED = { "alb.ingress.kubernetes.io/auth-type": "oidc", "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:1:certificate/1" };
const RANGES = { "alb.ingress.kubernetes.io/inbound-cidrs": "198.51.100.0/24" };

test("follows one ingress controller through another that leads to it", () => {
  expect(entriesOf(service(), inside(), front(), routed)[0]).toMatchObject({
    exposure: "external",
    via: { ref: { kind: "Ingress", name: "app" } },
    message: "Ingress app routes to it. Ingress edge/front routes to Service nginx, which has its address.",
    hasSignIn: false,
  });
});

test.each([
  ["that asks for a sign-in", [inside(), front(SIGNED)], { exposure: "external", hasSignIn: true }],
  [
    "that asks for a sign-in, beside one that does not",
    [inside(), front(SIGNED), front({}, { ip: "34.1.2.4" }, "side")],
    { exposure: "external", hasSignIn: false },
  ],
  ["that asks for a sign-in, beside open node ports", [inside({ type: "NodePort" }), front(SIGNED)], { exposure: "node", hasSignIn: false }],
  ["for named networks", [inside(), front(RANGES)], { exposure: "external-restricted", hasSignIn: false }],
  ["of a private network", [inside(), front({}, { ip: "10.1.2.3" })], { exposure: "internal" }],
  [
    "that leads elsewhere",
    [inside(), service({ name: "nginx", namespace: "other" }), { ...front(), metadata: { name: "front", namespace: "other" } }],
    { exposure: "internal" },
  ],
  ["that is served by it", [inside(), front({}, { ip: "10.96.0.9" })], { exposure: "internal" }],
])("tells how far a controller goes behind another %s", (_, objects, expected) => {
  expect(entriesOf(service(), routed, ...objects)[0]).toMatchObject(expected);
});

test("ends where controllers lead to each other", () => {
  const second = service({ name: "second", namespace: "edge", spec: { clusterIP: "10.96.0.8" } });
  const back = ingress({ metadata: { name: "back", namespace: "edge" }, spec: to("second", { number: 80 }), ...at({ ip: "10.96.0.9" }) });
  expect(exposuresOf(service(), inside(), second, front({}, { ip: "10.96.0.8" }), back, routed)).toEqual(["internal", "internal"]);
});

test("leaves open from where what is behind very many controllers is reached", () => {
  const behind = (count: number) =>
    Array.from({ length: count }, (_, i) => [
      service({ name: `c${i}`, namespace: "edge", spec: { clusterIP: `10.96.${Math.floor(i / 250)}.${(i % 250) + 1}` } }),
      ingress({
        metadata: { name: `c${i}`, namespace: "edge" },
        spec: to(`c${i}`, { number: 80 }),
        ...at({ ip: i + 1 === count ? "34.1.2.3" : `10.96.${Math.floor((i + 1) / 250)}.${((i + 1) % 250) + 1}` }),
      }),
    ]).flat();
  const first = ingress(at({ ip: "10.96.0.1" }));
  const [followed] = entriesOf(service(), first, ...behind(15));
  expect(followed).toMatchObject({ exposure: "external" });
  expect(followed).not.toHaveProperty("untold");
  const untold = "More than 20 ingress controllers are behind one another: from where the last is reached was not followed.";
  expect(entriesOf(service(), first, ...behind(2_000))[0]).toMatchObject({ exposure: "external", untold });
});

const API = "gateway.networking.k8s.io/v1";
const gateway = (more: object) => ({
  apiVersion: API,
  kind: "Gateway",
  metadata: { name: "public", namespace: "shop" },
  spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }] },
  ...more,
});
const route = (backend: object) => ({
  apiVersion: API,
  kind: "HTTPRoute",
  metadata: { name: "app", namespace: "shop" },
  spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [backend] }] },
});
const OPEN = { status: { addresses: [{ value: "34.1.2.3" }] } };

test("follows a gateway through an Ingress that leads to it", () => {
  const behind = gateway({ status: { addresses: [{ value: "10.96.0.9" }] } });
  expect(exposuresOf(service(), inside(), front(), behind, route({ name: "app", port: 80 }))[0]).toBe("external");
});

test.each([
  ["a private address", [{ value: "10.1.2.3" }], "internal"],
  ["a public address", [{ type: "IPAddress", value: "34.1.2.3" }], "external"],
  ["a name of its provider", [{ type: "NamedAddress", value: "edge" }], "possible"],
])("tells how far a gateway goes that has no address yet by the one that it asks for: %s", (_, addresses, expected) => {
  const waiting = gateway({ spec: { listeners: [{ name: "http", port: 80, protocol: "HTTP" }], addresses } });
  expect(exposuresOf(service(), waiting, route({ name: "app", port: 80 }))[0]).toBe(expected);
});

const pool = (spec: object, apiVersion = "inference.networking.k8s.io/v1") => ({
  apiVersion,
  kind: "InferencePool",
  metadata: { name: "models", namespace: "shop" },
  spec,
});
const toPool = route({ group: "inference.networking.k8s.io", kind: "InferencePool", name: "models" });

test.each([
  ["that selects it", pool({ selector: { matchLabels: { app: "app" } }, targetPorts: [{ number: 8000 }] }), ["external"]],
  ["of the first version", pool({ selector: { app: "app" }, targetPortNumber: 8000 }, "inference.networking.x-k8s.io/v1alpha2"), ["external"]],
  ["of the first version, of others", pool({ selector: { app: "other" }, targetPortNumber: 8000 }, "inference.networking.x-k8s.io/v1alpha2"), []],
  ["of others", pool({ selector: { matchLabels: { app: "other" } }, targetPorts: [{ number: 8000 }] }), []],
])("follows a route to a pool of model servers %s", (_, object, expected) => {
  expect(exposuresOf(gateway(OPEN), toPool, object)).toEqual(expected);
});

test("finds no way to a pool that no route names", () => {
  expect(exposuresOf(deployment({ name: "other" }), pool({ selector: { matchLabels: { app: "app" } } }))).toEqual([]);
});
