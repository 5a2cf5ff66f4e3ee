import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./route-without-tls";

const object = (apiVersion: string, kind: string, spec: object, metadata: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: "app", namespace: "shop", ...metadata },
  spec,
});
const SERVICES = [{ name: "app", port: 80 }];
const ingressRoute = (spec: object = {}, rule: object = {}) =>
  object("traefik.io/v1alpha1", "IngressRoute", { entryPoints: ["web"], routes: [{ match: "Host(`app.example.com`)", services: SERVICES, ...rule }], ...spec });
const traefik = (...args: readonly string[]) =>
  deployment({ name: "traefik", container: { image: "docker.io/library/traefik:v3.6", args: ["--entryPoints.web.address=:8000", ...args] } });
const middleware = (spec: object) => object("traefik.io/v1alpha1", "Middleware", spec, { name: "https" });
const REDIRECTED = { middlewares: [{ name: "https" }] };
const route = (tls?: object) =>
  object("route.openshift.io/v1", "Route", { host: "app.example.com", to: { kind: "Service", name: "app" }, ...(tls && { tls }) });
const httpProxy = (spec: object) => object("projectcontour.io/v1", "HTTPProxy", { routes: [{ services: SERVICES }], ...spec });
const HOST = { fqdn: "app.example.com" };
const TLS = { virtualhost: { ...HOST, tls: { secretName: "app-tls" } } };
const gateway = (...servers: readonly object[]) => object("networking.istio.io/v1", "Gateway", { selector: { istio: "ingressgateway" }, servers });
const http = (more: object = {}) => ({ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["*"], ...more });
const https = { port: { number: 443, name: "https", protocol: "HTTPS" }, hosts: ["*"], tls: { mode: "SIMPLE", credentialName: "app-tls" } };
const virtualService = (rule: object = { route: [{ destination: { host: "app" } }] }, hosts = ["app.example.com"]) =>
  object("networking.istio.io/v1", "VirtualService", { hosts, gateways: ["app"], http: [rule] });

describeControl(control, {
  fails: [
    {
      name: "an IngressRoute at an entry point without TLS",
      remedy: false,
      objects: [traefik(), ingressRoute()],
      evidence: [{ path: "spec.tls", value: null, message: "Entry point web has no TLS, and the route asks for none." }],
    },
    {
      name: "an IngressRoute at every entry point",
      objects: [traefik("--entrypoints.websecure.http.tls=true"), ingressRoute({ entryPoints: undefined })],
      remedy: false,
    },
    {
      name: "an IngressRoute with a Middleware of another purpose",
      objects: [traefik(), middleware({ compress: {} }), ingressRoute({}, REDIRECTED)],
      remedy: false,
    },
    {
      name: "a Gateway of Istio that serves a route over plain HTTP",
      remedy: false,
      objects: [gateway(https, http()), virtualService()],
      target: { kind: "Gateway", name: "app" },
      evidence: [{ path: "spec.servers[1].tls", message: "Port 80 serves VirtualService shop/app over plain HTTP." }],
    },
    { name: "a Route of OpenShift without TLS", objects: [route()], evidence: [{ path: "spec.tls", value: null }] },
    {
      name: "a Route of OpenShift with plain HTTP beside",
      objects: [route({ termination: "edge", insecureEdgeTerminationPolicy: "Allow" })],
      severity: "low",
      evidence: [{ path: "spec.tls.insecureEdgeTerminationPolicy", value: "Allow" }],
    },
    { name: "a host of Contour without TLS", objects: [httpProxy({ virtualhost: HOST })], remedy: false, evidence: [{ path: "spec.virtualhost.tls" }] },
    {
      name: "a route of Contour with plain HTTP beside",
      objects: [httpProxy({ ...TLS, routes: [{ services: SERVICES }, { services: SERVICES, permitInsecure: true }] })],
      severity: "low",
      evidence: [{ path: "spec.routes[1].permitInsecure", value: "true" }],
    },
  ],
  passes: [
    { name: "an IngressRoute with TLS", objects: [ingressRoute({ tls: {} })] },
    { name: "an IngressRoute at an entry point with TLS", objects: [traefik("--entryPoints.web.http.tls.certResolver=le"), ingressRoute()] },
    { name: "an entry point that only redirects", objects: [traefik("--entryPoints.web.http.redirections.entryPoint.to=websecure"), ingressRoute()] },
    {
      name: "an IngressRoute at the entry point with TLS that all are at by default",
      objects: [traefik("--entryPoints.websecure.asDefault=true", "--entryPoints.websecure.http.tls=true"), ingressRoute({ entryPoints: undefined })],
    },
    {
      name: "an entry point whose Middleware redirects",
      objects: [traefik("--entryPoints.web.http.middlewares=shop-https@kubernetescrd"), middleware({ redirectScheme: { scheme: "https" } }), ingressRoute()],
    },
    { name: "an IngressRoute that only redirects", objects: [traefik(), middleware({ redirectScheme: { scheme: "https" } }), ingressRoute({}, REDIRECTED)] },
    { name: "a Gateway of Istio with TLS", objects: [gateway(https), virtualService()], target: { kind: "Gateway", name: "app" } },
    {
      name: "a server of Istio that only redirects",
      objects: [gateway(http({ tls: { httpsRedirect: true } })), virtualService()],
      target: { kind: "Gateway", name: "app" },
    },
    {
      name: "a route of Istio that only redirects",
      objects: [gateway(http()), virtualService({ redirect: { scheme: "https" } })],
      target: { kind: "Gateway", name: "app" },
    },
    {
      name: "a route of Istio for other hosts",
      objects: [gateway(http({ hosts: ["*.example.org"] })), virtualService()],
      target: { kind: "Gateway", name: "app" },
    },
    ...["edge", "reencrypt", "passthrough"].map((termination) => ({ name: `a Route of OpenShift: ${termination}`, objects: [route({ termination })] })),
    { name: "a host of Contour with TLS", objects: [httpProxy(TLS)] },
  ],
  notApplicable: [{ name: "what a host of Contour includes", objects: [httpProxy({})] }],
  unknown: [
    { name: "a Route of OpenShift whose TLS ends nowhere", objects: [route({})] },
    {
      name: "an IngressRoute whose Traefik is not there",
      objects: [ingressRoute()],
      reason: "Whether its entry points have TLS is in the settings of Traefik, and none is seen that serves it.",
    },
    {
      name: "an IngressRoute at an entry point that a file sets up",
      objects: [traefik(), ingressRoute({ entryPoints: ["other"] })],
      reason: "Whether its entry points have TLS is not among the arguments of Traefik.",
    },
    { name: "a Gateway of Istio, in a part of a cluster", objects: [gateway(http())], complete: false },
  ],
});
