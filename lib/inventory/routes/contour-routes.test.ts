import { describe, expect, test } from "vitest";
import { service } from "../testing";
import { entriesOf } from "./testing-exposure";

const at = (ip: string) => ({ status: { currentStatus: "valid", loadBalancer: { ingress: [{ ip }] } } });
const TO_APP = { services: [{ name: "app", port: 80 }] };
const proxy = (spec: object, more: object = at("34.1.2.3"), metadata: object = {}) => ({
  apiVersion: "projectcontour.io/v1",
  kind: "HTTPProxy",
  metadata: { name: "app", namespace: "shop", ...metadata },
  spec,
  ...more,
});
const host = (more: object = {}) => ({ virtualhost: { fqdn: "app.example.com", ...more } });
const entry = (...objects: readonly object[]) => entriesOf(service(), ...objects).find(({ via }) => via?.ref.kind === "HTTPProxy");

describe("an HTTPProxy", () => {
  test("goes as far as the address that it has", () => {
    expect(entry(proxy({ ...host(), routes: [TO_APP] }))).toMatchObject({
      exposure: "external",
      path: "spec.routes[0]",
      message: "HTTPProxy app routes to it.",
      hasSignIn: false,
    });
    expect(entry(proxy({ ...host(), routes: [TO_APP] }, at("10.0.0.8")))).toMatchObject({ exposure: "internal" });
    expect(entry(proxy({ ...host(), routes: [TO_APP] }, {}))).toMatchObject({
      exposure: "possible",
      message: "HTTPProxy app routes to it; it has no address yet.",
    });
    const balancer = service({ name: "envoy", namespace: "edge", spec: { type: "LoadBalancer", selector: { app: "envoy" } }, ...at("34.1.2.3") });
    expect(entry(balancer, proxy({ ...host(), routes: [TO_APP] }))).toMatchObject({
      message: "HTTPProxy app routes to it. Service envoy is a load balancer. Its address 34.1.2.3 is on the internet.",
    });
    expect(entry(proxy({ ...host(), tcpproxy: TO_APP }))).toMatchObject({ exposure: "external", path: "spec.tcpproxy" });
  });

  test("leads on to what it includes, and nowhere without a host", () => {
    const root = (include: object) => proxy({ ...host(), ...include }, at("34.1.2.3"), { name: "root", namespace: "edge" });
    const part = proxy({ routes: [TO_APP] }, {});
    expect(entry(part)).toBeUndefined();
    expect(entry(root({ includes: [{ name: "app", namespace: "shop" }] }), part)).toMatchObject({ exposure: "external", path: "spec.routes[0]" });
    expect(entry(root({ includes: [{ name: "app" }] }), part)).toBeUndefined();
    expect(entry(root({ tcpproxy: { include: { name: "app", namespace: "shop" } } }), proxy({ tcpproxy: TO_APP }, {}))).toMatchObject({ exposure: "external" });
    const circle = proxy({ routes: [TO_APP], includes: [{ name: "app" }] }, {});
    expect(entry(root({ includes: [{ name: "app", namespace: "shop" }] }), circle)).toMatchObject({ exposure: "external" });
  });

  test("shares requests by weight, and copies them", () => {
    const shared = (weight: number, more: object = {}) => [
      { name: "other", port: 80, weight: 1 },
      { name: "app", port: 80, weight, ...more },
    ];
    const reached = (services: readonly object[]) => entry(proxy({ ...host(), routes: [{ services }] }))?.exposure;
    expect(reached(shared(1))).toBe("external");
    expect(reached(shared(0))).toBeUndefined();
    expect(reached(shared(0, { mirror: true }))).toBe("external");
  });

  test("is left open where Contour calls it invalid", () => {
    expect(entry(proxy({ ...host(), routes: [TO_APP] }, { status: { currentStatus: "invalid" } }))).toMatchObject({
      untold: "Contour calls HTTPProxy shop/app invalid: what of it is served is not told.",
    });
  });
});

describe("in front of an HTTPProxy", () => {
  const tls = { secretName: "app-tls" };
  const authorization = { extensionRef: { name: "auth" } };
  const jwtProviders = [{ name: "idp", default: true }];
  const asks = (virtualHost: object, rule: object = {}) => entry(proxy({ ...host({ tls, ...virtualHost }), routes: [{ ...TO_APP, ...rule }] }))?.hasSignIn;

  test.each([
    ["another service", { authorization }, {}, true],
    ["another service, which the route leaves out", { authorization }, { authPolicy: { disabled: true } }, false],
    ["another service, which the host leaves out", { authorization: { ...authorization, authPolicy: { disabled: true } } }, {}, false],
    [
      "another service, which the route alone wants",
      { authorization: { ...authorization, authPolicy: { disabled: true } } },
      { authPolicy: { disabled: false } },
      true,
    ],
    ["another service, and plain HTTP beside", { authorization }, { permitInsecure: true }, false],
    ["another service, without TLS", { authorization, tls: undefined }, {}, false],
    ["tokens", { jwtProviders }, {}, true],
    ["tokens, which the route leaves out", { jwtProviders }, { jwtVerificationPolicy: { disabled: true } }, false],
    ["tokens that the route alone wants", { jwtProviders: [{ name: "idp" }] }, { jwtVerificationPolicy: { require: "idp" } }, true],
    ["tokens that no route wants", { jwtProviders: [{ name: "idp" }] }, {}, false],
    ["certificates", { tls: { ...tls, clientValidation: { caSecret: "ca" } } }, {}, true],
    ["certificates that may be left out", { tls: { ...tls, clientValidation: { optionalClientCertificate: true } } }, {}, false],
    ["certificates that nobody checks", { tls: { ...tls, clientValidation: { skipClientCertValidation: true } } }, {}, false],
  ])("counts what asks for %s", (_, virtualHost, rule, hasSignIn) => {
    expect(asks(virtualHost, rule)).toBe(hasSignIn);
  });

  test("networks of the route take the place of those of the host", () => {
    const limited = (route: object) =>
      entry(proxy({ ...host({ ipAllowPolicy: [{ source: "Peer", cidr: "10.0.0.0/8" }] }), routes: [{ ...TO_APP, ...route }] }))?.exposure;
    expect(limited({})).toBe("internal");
    expect(limited({ ipAllowPolicy: [{ source: "Peer", cidr: "198.51.100.0/24" }] })).toBe("external-restricted");
    expect(limited({ ipDenyPolicy: [{ source: "Peer", cidr: "198.51.100.0/24" }] })).toBe("external");
  });

  test("what several hosts include is as open as by the widest of them", () => {
    const includes = [{ name: "app", namespace: "shop" }];
    const root = (name: string, more: object, ip: string) => proxy({ ...host({ tls, ...more }), includes }, at(ip), { name, namespace: "edge" });
    const part = (rule: object) => proxy({ routes: [{ ...TO_APP, ...rule }] }, {});
    const inner = root("inner", {}, "10.0.0.8");
    const guarded = root("guarded", { authorization }, "34.1.2.3");
    expect(entry(inner, guarded, part({}))).toMatchObject({ exposure: "external", hasSignIn: true });
    expect(entry(inner, guarded, part({ authPolicy: { disabled: true } }))).toMatchObject({ exposure: "external", hasSignIn: false });
    expect(entry(inner, guarded, root("open", {}, "34.1.2.4"), part({}))).toMatchObject({ exposure: "external", hasSignIn: false });
  });

  test("hosts are followed up to a number, and what is left out is told", () => {
    const range = (i: number) => [{ source: "Peer", cidr: `10.${i % 256}.${Math.floor(i / 256)}.0/24` }];
    const roots = Array.from({ length: 2_000 }, (_, i) =>
      proxy({ ...host({ ipAllowPolicy: range(i) }), includes: [{ name: "p0", namespace: "shop" }] }, at("34.1.2.3"), { name: `r${i}`, namespace: "edge" }),
    );
    const chain = Array.from({ length: 500 }, (_, i) => proxy({ routes: [TO_APP], includes: [{ name: `p${i + 1}` }] }, {}, { name: `p${i}` }));
    expect(entry(...roots, ...chain)).toMatchObject({ untold: "HTTPProxy shop/p0 is part of more than 50 different hosts: not all of them were followed." });
    const last = proxy({ routes: [TO_APP] }, {}, { name: "last" });
    const between = proxy({ includes: [{ name: "last" }] }, {}, { name: "p0" });
    expect(entry(...roots, between, last)).toMatchObject({
      untold: "HTTPProxy shop/last is part of more than 50 different hosts: not all of them were followed.",
    });
  });
});
