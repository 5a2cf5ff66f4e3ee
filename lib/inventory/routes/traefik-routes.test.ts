import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../model/json";
import { deployment, ingress, service } from "../testing";
import { contextOf, entriesOf, entriesWithout } from "./testing-exposure";
import { traefikPlacesView } from "./traefik-routes";

const API = "traefik.io/v1alpha1";
const at = (ip: string) => ({ status: { loadBalancer: { ingress: [{ ip }] } } });
const TO_APP = { name: "app", port: 80 };
const rule = (more: object = {}) => ({ match: "Host(`app.example.com`)", kind: "Rule", services: [TO_APP], ...more });
const route = (spec: object = {}, metadata: object = {}, kind = "IngressRoute", apiVersion = API) => ({
  apiVersion,
  kind,
  metadata: { name: "app", namespace: "shop", ...metadata },
  spec: { entryPoints: ["websecure"], routes: [rule()], ...spec },
});
const custom = (kind: string, name: string, spec: object, namespace = "shop") => ({ apiVersion: API, kind, metadata: { name, namespace }, spec });
const traefik = (args: readonly string[] = [], podSpec: JsonRecord = {}, name = "traefik") =>
  deployment({
    name,
    namespace: "edge",
    container: { image: "docker.io/library/traefik:v3.6", args: ["--entryPoints.web.address=:8000/tcp", "--entrypoints.websecure.address=:8443/tcp", ...args] },
    podSpec,
  });
const front = (more: object = at("34.1.2.3"), name = "traefik", targetPort = 8443) =>
  service({ name, namespace: "edge", spec: { type: "LoadBalancer", selector: { app: name }, ports: [{ port: 443, targetPort }] }, ...more });
const served = [service(), traefik(), front()];
const entry = (...objects: readonly object[]) => entriesOf(...objects).find(({ via }) => via?.ref.kind.startsWith("IngressRoute"));

describe("an IngressRoute", () => {
  test("goes as far as the Traefik that serves it", () => {
    expect(entry(...served, route())).toMatchObject({
      exposure: "external",
      path: "spec.routes[0]",
      value: "Host(`app.example.com`)",
      message: "IngressRoute app routes to it through Traefik. Service traefik is a load balancer. Its address 34.1.2.3 is on the internet.",
      hasSignIn: false,
    });
    expect(entry(service(), traefik(), front(at("10.0.0.8")), route())).toMatchObject({ exposure: "internal" });
    expect(entry(service(), traefik(), route())).toMatchObject({
      exposure: "internal",
      message: "IngressRoute app routes to it through Traefik. No Service leads to it there, at port 8443.",
    });
    expect(entry(service(), route())).toMatchObject({ exposure: "possible", message: "IngressRoute app routes to it; no Traefik is seen that serves it." });
  });

  test.each([
    ["of the old group", route({}, {}, "IngressRoute", "traefik.containo.us/v1alpha1")],
    ["of TCP", route({ routes: [{ match: "HostSNI(`*`)", services: [TO_APP] }] }, {}, "IngressRouteTCP")],
    ["of UDP", route({ routes: [{ services: [TO_APP] }] }, {}, "IngressRouteUDP")],
    ["that names no entry points", route({ entryPoints: undefined })],
    ["that names an entry point in capitals", route({ entryPoints: ["WebSecure"] })],
  ])("leads in: one %s", (_, object) => {
    expect(entry(...served, object)).toMatchObject({ exposure: "external" });
  });

  test("is reached at its entry points alone", () => {
    expect(entry(...served, route({ entryPoints: ["web"] }))).toMatchObject({ exposure: "internal" });
    const named = service({
      name: "traefik",
      namespace: "edge",
      spec: { type: "NodePort", selector: { app: "traefik" }, ports: [{ port: 8000, nodePort: 30080 }] },
    });
    expect(entry(service(), traefik(), named, route({ entryPoints: ["web"] }))).toMatchObject({ exposure: "node" });
    const byDefault = traefik(["--entryPoints.web.asDefault=true"]);
    expect(entry(service(), byDefault, front(), route({ entryPoints: undefined }))).toMatchObject({ exposure: "internal" });
    const parted = traefik(["--entryPoints.admin.address", ":9000", "--ping"]);
    expect(entry(service(), parted, front(), route({ entryPoints: ["admin"] }))).toMatchObject({ exposure: "internal" });
    // A file may set it up.
    expect(entry(...served, route({ entryPoints: ["other"] }))).toMatchObject({ exposure: "external" });
  });

  test("leads to nobody through a Traefik of another class", () => {
    const inner = [traefik(["--providers.kubernetesCRD.ingressClass=inner"], {}, "inner"), front(at("10.0.0.8"), "inner")];
    const asked = { annotations: { "kubernetes.io/ingress.class": "inner" } };
    expect(entry(...served, ...inner, route())).toMatchObject({ exposure: "external" });
    expect(entry(...served, ...inner, route({}, asked))).toMatchObject({ exposure: "internal" });
    expect(entry(service(), ...inner, route())).toMatchObject({ exposure: "possible" });
  });

  test("is open where no Traefik that is seen looks for it: one that is not may", () => {
    const watching = (...args: readonly string[]) => [service(), front(), traefik(args)];
    const CRD = "--providers.kubernetesCRD";
    const UNSEEN = {
      exposure: "possible",
      untold:
        "Each Traefik that is seen looks for routes in other namespaces, or with other labels: whether another serves IngressRoute shop/app is not known.",
    };
    expect(entry(...watching(`${CRD}.namespaces=edge,other`), route())).toMatchObject(UNSEEN);
    expect(entry(...watching(`${CRD}.labelSelector=tier=outer`), route())).toMatchObject(UNSEEN);
    for (const args of [
      [`${CRD}.namespaces=edge, shop`],
      [`${CRD}.namespaces=edge`, `${CRD}.namespaces=shop`],
      [`${CRD}.namespaces[0]`, "shop"],
      [`${CRD}.namespaces=`],
      [`${CRD}.namespaces=$(NAMESPACES)`],
      [`${CRD}.labelSelector=tier!=inner`],
      [`${CRD}.labelSelector=$(LABELS)`],
      // All of its settings are in the file.
      [`${CRD}.namespaces=edge`, "--configFile=/etc/traefik.yaml"],
    ])
      expect(entry(...watching(...args), route()), args.join(" ")).toMatchObject({ exposure: "external" });
    const labelled = route({}, { labels: { tier: "outer" } });
    expect(entry(...watching(`${CRD}.labelSelector=tier=outer`), labelled)).toMatchObject({ exposure: "external" });
    const inner = [traefik([`${CRD}.namespaces=shop`], {}, "inner"), front(at("10.0.0.8"), "inner")];
    expect(entry(...watching(`${CRD}.namespaces=edge`), ...inner, route())).toMatchObject({ exposure: "internal" });
    const own = deployment({ name: "traefik", namespace: "edge", container: { image: "registry.example.com/edge/proxy:1.0", args: [CRD] } });
    expect(entry(service(), front(), own, route())).toMatchObject({ exposure: "external" });
  });

  test("goes as far as what leads to Traefik: ports of nodes, an Ingress, a Gateway", () => {
    expect(entry(service(), traefik([], { hostNetwork: true }), route())).toMatchObject({ exposure: "node" });
    const inside = service({ name: "traefik", namespace: "edge", spec: { selector: { app: "traefik" }, ports: [{ port: 443, targetPort: 8443 }] } });
    const backend = { service: { name: "traefik", port: { number: 443 } } };
    const before = ingress({ metadata: { name: "edge", namespace: "edge" }, spec: { rules: [{ http: { paths: [{ backend }] } }] }, ...at("34.1.2.3") });
    expect(entry(service(), traefik(), inside, route())).toMatchObject({ exposure: "internal" });
    expect(entry(service(), traefik(), inside, before, route())).toMatchObject({ exposure: "external" });
    const api = "gateway.networking.k8s.io/v1";
    const gateway = {
      apiVersion: api,
      kind: "Gateway",
      metadata: { name: "public", namespace: "edge" },
      spec: { listeners: [{ name: "tls", port: 443, protocol: "TLS" }] },
      status: { addresses: [{ value: "34.1.2.3" }] },
    };
    const tls = {
      apiVersion: api,
      kind: "TLSRoute",
      metadata: { name: "edge", namespace: "edge" },
      spec: { parentRefs: [{ name: "public" }], rules: [{ backendRefs: [{ name: "traefik", port: 443 }] }] },
    };
    expect(entry(service(), traefik(), inside, gateway, tls, route())).toMatchObject({ exposure: "external" });
  });

  test("leads to a Service of another namespace where Traefik allows it", () => {
    const far = route({ routes: [rule({ services: [{ ...TO_APP, namespace: "shop" }] })] }, { namespace: "edge" });
    expect(entry(...served, far)).toMatchObject({ untold: "Whether Traefik lets IngressRoute edge/app lead to another namespace is not among its arguments." });
    const open = traefik(["--providers.kubernetescrd.allowCrossNamespace"]);
    expect(entry(service(), open, front(), far)?.untold).toBeUndefined();
  });

  test("follows TraefikServices, by the widest way into each", () => {
    const through = (name: string) => rule({ services: [{ kind: "TraefikService", name }] });
    const parts = [
      custom("TraefikService", "all", {
        weighted: {
          services: [
            { name: "none", port: 80, weight: 0 },
            { name: "copies", kind: "TraefikService", weight: 1 },
          ],
        },
      }),
      custom("TraefikService", "copies", { mirroring: { name: "main", port: 80, mirrors: [{ name: "app", port: 80, percent: 10 }] } }),
    ];
    expect(entry(...served, ...parts, route({ routes: [through("all")] }))).toMatchObject({ exposure: "external" });
    expect(entry(...served, ...parts, route({ routes: [through("all@kubernetescrd")] }))).toMatchObject({ exposure: "external" });
    const inside = route({ entryPoints: ["web"], routes: [through("all")] }, { name: "inside" });
    expect(entry(...served, ...parts, inside, route({ routes: [through("all")] }, { name: "outside" }))).toMatchObject({ exposure: "external" });
    expect(entry(...served, ...parts, route({ routes: [through("other")] }))).toBeUndefined();
    const gate = custom("Middleware", "gate", { basicAuth: { secret: "users" } });
    const guarded = { ...through("copies"), middlewares: [{ name: "gate" }] };
    expect(entry(...served, gate, ...parts, route({ routes: [guarded] }))).toMatchObject({ hasSignIn: true });
    expect(entry(...served, gate, ...parts, route({ routes: [guarded, through("all")] }))).toMatchObject({ hasSignIn: false, path: "spec.routes[1]" });
  });

  test("sends nothing to what has no weight beside others", () => {
    const services = [
      { ...TO_APP, weight: 0 },
      { name: "other", port: 80, weight: 1 },
    ];
    expect(entry(...served, route({ routes: [rule({ services })] }))).toBeUndefined();
    expect(entry(...served, route({ routes: [rule({ services: [{ ...TO_APP, weight: 0 }] })] }))).toMatchObject({ exposure: "external" });
  });
});

describe("in front of an IngressRoute", () => {
  const gated = (...names: readonly string[]) => route({ routes: [rule({ middlewares: names.map((name) => ({ name })) })] });

  test.each([
    ["passwords", custom("Middleware", "gate", { basicAuth: { secret: "users" } }), true],
    ["compression", custom("Middleware", "gate", { compress: {} }), false],
    ["passwords of another namespace", custom("Middleware", "gate", { basicAuth: {} }, "edge"), false],
  ])("a Middleware counts by what it does: %s", (_, object, hasSignIn) => {
    expect(entry(...served, gated("slow", "gate"), object)).toMatchObject({ exposure: "external", hasSignIn });
  });

  test.each([
    ["passwords", custom("Middleware", "users", { basicAuth: { secret: "users" } }, "edge"), "edge-users@kubernetescrd", true],
    ["none, whatever it is called", custom("Middleware", "auth", { headers: {} }, "edge"), "edge-auth@kubernetescrd", false],
  ])("a Middleware is found by the name that Traefik gives it: %s", (_, object, name, hasSignIn) => {
    expect(entry(...served, gated(name), object)).toMatchObject({ exposure: "external", hasSignIn });
  });

  test("networks that may connect count: of a Middleware, one of TCP, and a rule", () => {
    const office = { ipAllowList: { sourceRange: ["198.51.100.0/24"] } };
    expect(entry(...served, gated("office"), custom("Middleware", "office", office))).toMatchObject({ exposure: "external-restricted" });
    const tcp = route({ routes: [{ match: "HostSNI(`*`)", services: [TO_APP], middlewares: [{ name: "office" }] }] }, {}, "IngressRouteTCP");
    expect(entry(...served, tcp, custom("MiddlewareTCP", "office", office))).toMatchObject({ exposure: "external-restricted" });
    const matching = (match: string) => entry(...served, route({ routes: [rule({ match })] }))?.exposure;
    expect(matching("Host(`a.example.com`) && ClientIP(`10.0.0.0/8`)")).toBe("internal");
    expect(matching("HOST(`a.example.com`) && CLIENTIP(`10.0.0.0/8`)")).toBe("internal");
    expect(matching("Host(`a.example.com`) || ClientIP(`10.0.0.0/8`)")).toBe("external");
    expect(matching("!ClientIP(`10.0.0.0/8`)")).toBe("external");
    expect(matching("!(Host(`a.example.com`) && ClientIP(`10.0.0.0/8`))")).toBe("external");
  });

  test("Middlewares of the entry point hold, where every entry point has them", () => {
    const gate = custom("Middleware", "gate", { forwardAuth: { address: "http://oauth2" } }, "edge");
    const guarded = traefik(["--entryPoints.websecure.http.middlewares=edge-gate@kubernetescrd"]);
    const both = service({
      name: "traefik",
      namespace: "edge",
      spec: {
        type: "LoadBalancer",
        selector: { app: "traefik" },
        ports: [
          { port: 443, targetPort: 8443 },
          { port: 80, targetPort: 8000 },
        ],
      },
      ...at("34.1.2.3"),
    });
    expect(entry(service(), gate, guarded, both, route())).toMatchObject({ hasSignIn: true });
    expect(entry(service(), gate, guarded, both, route({ entryPoints: ["web", "websecure"] }))).toMatchObject({ hasSignIn: false, exposure: "external" });
  });

  test("certificates of clients count where they must be there", () => {
    const option = (name: string, clientAuthType: string) => custom("TLSOption", name, { clientAuth: { secretNames: ["ca"], clientAuthType } });
    const asks = (tls: object | undefined, ...objects: readonly object[]) => entry(...served, route({ tls }), ...objects)?.hasSignIn;
    expect(asks({ options: { name: "mtls" } }, option("mtls", "RequireAndVerifyClientCert"))).toBe(true);
    expect(asks({ options: { name: "mtls" } }, option("mtls", "VerifyClientCertIfGiven"))).toBe(false);
    expect(asks({}, option("default", "RequireAndVerifyClientCert"))).toBe(true);
    expect(asks(undefined, option("default", "RequireAndVerifyClientCert"))).toBe(false);
    expect(asks({}, option("mtls", "RequireAndVerifyClientCert"))).toBe(false);
    const inCapitals = route({ tls: { options: { name: "mtls" } }, routes: [rule({ match: "HOST(`app.example.com`)" })] });
    expect(entry(...served, inCapitals, option("mtls", "RequireAndVerifyClientCert"))).toMatchObject({ hasSignIn: true });
    // Without a host to know a connection by, options that a route names are not heeded.
    const mtls = route({ tls: { options: { name: "mtls" } }, routes: [rule({ match: "PathPrefix(`/`)" })] });
    expect(entry(...served, mtls, option("mtls", "RequireAndVerifyClientCert"))).toMatchObject({ hasSignIn: false });
  });

  test("what was not read leaves it open", () => {
    const without = (kind: string, object: object) => entriesWithout([kind], ...served, object).find(({ via }) => via?.ref.kind === "IngressRoute");
    expect(without("Middleware", gated("gate"))).toMatchObject({
      untold: "Whether Middleware gate asks for a sign-in was not read: Listing Middleware was refused.",
    });
    expect(without("TLSOption", route({ tls: {} }))).toMatchObject({
      untold: "Whether a TLSOption asks for certificates in front of IngressRoute app was not read: Listing TLSOption was refused.",
    });
    expect(without("TLSOption", route())?.untold).toBeUndefined();
  });
});

test("conditions that nothing closes are read once", () => {
  const match = "ClientIP(".repeat(100_000);
  expect(entry(...served, route({ routes: [rule({ match })] }))).toMatchObject({ exposure: "external" });
});

test("chains of TraefikServices are followed once for all routes", () => {
  const chain = Array.from({ length: 3_000 }, (_, i) =>
    custom("TraefikService", `s${i}`, { weighted: { services: [{ kind: "TraefikService", name: `s${i + 1}` }] } }),
  );
  const last = custom("TraefikService", "s3000", { weighted: { services: [TO_APP] } });
  const routes = Array.from({ length: 3_000 }, (_, i) => route({ routes: [rule({ services: [{ kind: "TraefikService", name: "s0" }] })] }, { name: `r${i}` }));
  expect(entriesOf(...served, ...chain, last, ...routes).filter(({ via }) => via?.ref.kind === "IngressRoute")).toHaveLength(1);
});

test("entry points are gone through once for all routes that ask for the same", () => {
  const { slices, view } = contextOf(traefik(), route(), route({}, { name: "other" }), route({ entryPoints: ["web"] }, { name: "third" }));
  const [first, second, third] = slices.customRoutes.map(view(traefikPlacesView));
  expect(second).toBe(first);
  expect(third).not.toEqual(first);
});
