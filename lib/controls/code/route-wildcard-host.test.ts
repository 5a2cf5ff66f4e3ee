import { describeControl } from "../testing";
import control from "./route-wildcard-host";

const object = (apiVersion: string, kind: string, spec: object, more: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name: "app", namespace: "shop" },
  spec,
  ...more,
});
const SERVICES = [{ name: "app", port: 80 }];
const ingressRoute = (...matches: readonly string[]) =>
  object("traefik.io/v1alpha1", "IngressRoute", { routes: matches.map((match) => ({ match, kind: "Rule", services: SERVICES })) });
const route = (spec: object, status: object = {}) => object("route.openshift.io/v1", "Route", { host: "shop.apps.example.com", ...spec }, status);
const httpProxy = (spec: object) => object("projectcontour.io/v1", "HTTPProxy", { routes: [{ services: SERVICES }], ...spec });
const gateway = (...hosts: readonly string[]) =>
  object("networking.istio.io/v1", "Gateway", { selector: { istio: "ingressgateway" }, servers: [{ port: { number: 443, protocol: "HTTPS" }, hosts }] });
const virtualService = (...hosts: readonly string[]) =>
  object("networking.istio.io/v1", "VirtualService", { hosts, gateways: ["app"], http: [{ route: [{ destination: { host: "app" } }] }] });
const atGateway = { kind: "Gateway", name: "app" };

describeControl(control, {
  fails: [
    {
      name: "a rule of Traefik without a host",
      objects: [ingressRoute("Host(`app.example.com`)", "PathPrefix(`/x`)")],
      evidence: [{ path: "spec.routes[1].match", value: "PathPrefix(`/x`)", message: "The rule answers for every name." }],
    },
    {
      name: "a rule of Traefik with a pattern",
      objects: [ingressRoute("HostRegexp(`^[a-z]+\\.example\\.com$`)")],
      evidence: [{ path: "spec.routes[0].match", message: "The rule answers for every name that fits a pattern." }],
    },
    {
      name: "any host of Istio",
      objects: [gateway("*"), virtualService("app.example.com", "*")],
      target: atGateway,
      evidence: [{ path: "spec.hosts", value: "*", message: "VirtualService shop/app answers for every name here." }],
    },
    {
      name: "all hosts under one of Istio",
      objects: [gateway("*"), virtualService("*.example.com")],
      target: atGateway,
      evidence: [{ path: "spec.hosts", value: "*.example.com", message: "VirtualService shop/app answers for every name under example.com here." }],
    },
    {
      name: "a Route of OpenShift for a whole domain",
      objects: [route({ wildcardPolicy: "Subdomain" })],
      evidence: [{ path: "spec.wildcardPolicy", value: "Subdomain", message: "It answers for every name under apps.example.com." }],
    },
    { name: "a Route of OpenShift for the domain of its router", objects: [route({ host: undefined, wildcardPolicy: "Subdomain" })] },
    {
      name: "an HTTPProxy for a whole domain",
      objects: [httpProxy({ virtualhost: { fqdn: "*.example.com" } })],
      evidence: [{ path: "spec.virtualhost.fqdn", value: "*.example.com", message: "It answers for every name under example.com." }],
    },
  ],
  passes: [
    { name: "rules of Traefik with hosts", objects: [ingressRoute("Host(`app.example.com`)", "Host(`b.example.com`) && (Path(`/x`) || Path(`/y`))")] },
    { name: "a route of Istio with a host", objects: [gateway("*"), virtualService("app.example.com")], target: atGateway },
    { name: "a Gateway of Istio with a host", objects: [gateway("app.example.com"), virtualService("*")], target: atGateway },
    { name: "a Gateway of Istio for another domain", objects: [gateway("*.example.org"), virtualService("*.example.com")], target: atGateway },
    { name: "a Gateway of Istio for routes of another namespace", objects: [gateway("edge/*"), virtualService("*")], target: atGateway },
    { name: "a Route of OpenShift", objects: [route({ wildcardPolicy: "None" })] },
    { name: "an HTTPProxy", objects: [httpProxy({ virtualhost: { fqdn: "app.example.com" } })] },
  ],
  notApplicable: [
    { name: "an HTTPProxy that is part of another", objects: [httpProxy({})] },
    {
      name: "a Route that no router takes",
      objects: [
        route({ wildcardPolicy: "Subdomain" }, { status: { ingress: [{ routerName: "default", conditions: [{ type: "Admitted", status: "False" }] }] } }),
      ],
    },
  ],
  unknown: [
    { name: "a rule of Traefik that cannot be read", objects: [ingressRoute("Host(`app.example.com`")] },
    { name: "a Gateway of Istio without the whole cluster", objects: [gateway("*")], target: atGateway, complete: false },
  ],
});
