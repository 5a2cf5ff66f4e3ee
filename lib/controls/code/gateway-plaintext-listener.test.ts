import { describeControl } from "../testing";
import control from "./gateway-plaintext-listener";

const API = "gateway.networking.k8s.io/v1";
const gateway = (...listeners: readonly object[]) => ({
  apiVersion: API,
  kind: "Gateway",
  metadata: { name: "public", namespace: "edge" },
  spec: { gatewayClassName: "a", listeners },
});
const route = (rule: object, parent: object = {}) => ({
  apiVersion: API,
  kind: "HTTPRoute",
  metadata: { name: "cart", namespace: "shop" },
  spec: { parentRefs: [{ name: "public", namespace: "edge", ...parent }], rules: [rule] },
});
const http = { name: "http", port: 80, protocol: "HTTP" };
const https = { name: "https", port: 443, protocol: "HTTPS", tls: { certificateRefs: [{ name: "cert" }] } };
const forward = { backendRefs: [{ name: "cart", port: 80 }] };
const redirect = { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }] };

describeControl(control, {
  fails: [
    {
      name: "a route is served in plain text",
      objects: [gateway(http, https), route(forward)],
      evidence: [{ path: "spec.listeners[0].protocol", value: "HTTP" }],
    },
    {
      name: "a route for one host of many",
      objects: [gateway({ ...http, hostname: "*.example.com" }, https), { ...route(forward), spec: { ...route(forward).spec, hostnames: ["b.example.com"] } }],
    },
    {
      name: "a redirect that stays in plain text",
      objects: [gateway(http), route({ filters: [{ type: "RequestRedirect", requestRedirect: { hostname: "x" } }] })],
    },
    {
      name: "TLS without a certificate",
      objects: [gateway({ ...https, tls: { mode: "Terminate" } })],
      evidence: [{ path: "spec.listeners[0].tls.certificateRefs" }],
    },
  ],
  passes: [
    {
      name: "the plain listener only redirects",
      objects: [gateway(http, https), route(redirect, { sectionName: "http" }), route(forward, { sectionName: "https" })],
    },
    { name: "TLS goes through to the pods", objects: [gateway({ name: "tls", port: 443, protocol: "TLS", tls: { mode: "Passthrough" } })] },
    { name: "the route asks for the port of the other listener", objects: [gateway(http, https), route(forward, { port: 443 })] },
    { name: "the route is of a kind that the plain listener cannot serve", objects: [gateway(http, https), { ...route(forward), kind: "TLSRoute" }] },
    {
      name: "the route is for another host",
      objects: [gateway({ ...http, hostname: "a.example.com" }, https), { ...route(forward), spec: { ...route(forward).spec, hostnames: ["b.example.com"] } }],
    },
    {
      name: "the gateway does not take the route",
      objects: [
        gateway(http),
        {
          ...route(forward),
          status: { parents: [{ parentRef: { name: "public", namespace: "edge" }, conditions: [{ type: "Accepted", status: "False" }] }] },
        },
      ],
    },
    { name: "the route belongs to another gateway", objects: [gateway(http), route(forward, { name: "other" })] },
  ],
  notApplicable: [{ name: "no listener", objects: [gateway()] }],
  unknown: [{ name: "TCP only", objects: [gateway({ name: "t", port: 5432, protocol: "TCP" })] }],
});
