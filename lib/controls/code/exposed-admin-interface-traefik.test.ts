import { deployment, service } from "../../inventory/testing";
import { describeControl } from "../testing";
import { cloudNode, digest, gateway, route } from "../testing-consoles";
import { custom, openAt, toDashboard, traefik } from "../testing-traefik";
import control from "./exposed-admin-interface";

const target = { kind: "Deployment", name: "traefik" };
const gated = toDashboard("websecure", { middlewares: [{ name: "gate" }] });
const INSECURE = "--api.insecure=true";
const withoutApi = deployment({
  name: "traefik",
  container: { image: `docker.io/library/traefik:v3.6@${digest}`, args: ["--entryPoints.websecure.address=:8443/tcp"] },
});

describeControl(control, {
  fails: [
    {
      name: "the dashboard of Traefik, routed at an entry point that is on the internet",
      objects: [cloudNode, traefik(), openAt(8443), toDashboard("websecure")],
      target,
      severity: "critical",
      remedy: false,
      evidence: [
        {
          path: "spec.routes[0]",
          message:
            "Dashboard of Traefik: IngressRoute dashboard routes to it through Traefik. Service traefik is a load balancer. Its address 34.1.2.3 is on the internet.",
        },
      ],
    },
    {
      name: "the dashboard of Traefik, routed by the Gateway API",
      objects: [
        cloudNode,
        traefik("--providers.kubernetesgateway=true"),
        openAt(8443),
        gateway(),
        route("edge", { backendRefs: [{ group: "traefik.io", kind: "TraefikService", name: "api@internal" }] }),
      ],
      target,
      severity: "critical",
    },
    {
      name: "the dashboard alone, by the name of it",
      objects: [cloudNode, traefik(), openAt(8443), toDashboard("websecure", { services: [{ kind: "TraefikService", name: "dashboard@internal" }] })],
      target,
      severity: "critical",
      remedy: false,
    },
    {
      name: "the dashboard of Traefik behind a TraefikService",
      objects: [
        cloudNode,
        traefik(),
        openAt(8443),
        custom("TraefikService", "all", { weighted: { services: [{ kind: "TraefikService", name: "api@internal", weight: 1 }] } }),
        toDashboard("websecure", { services: [{ kind: "TraefikService", name: "all" }] }),
      ],
      target,
      severity: "critical",
      remedy: false,
    },
    {
      name: "the dashboard of Traefik behind a Middleware of another purpose",
      objects: [cloudNode, traefik(), openAt(8443), gated, custom("Middleware", "gate", { compress: {} })],
      target,
      severity: "critical",
      remedy: false,
    },
    {
      name: "the dashboard of Traefik for named networks",
      objects: [cloudNode, traefik(), openAt(8443), gated, custom("Middleware", "gate", { ipAllowList: { sourceRange: ["198.51.100.0/24"] } })],
      target,
      severity: "medium",
      remedy: false,
    },
    {
      name: "the dashboard of Traefik at its internal entry point, which a Service opens",
      objects: [cloudNode, traefik(), openAt(8443, 8080), toDashboard("traefik")],
      target,
      severity: "critical",
      remedy: false,
    },
    {
      name: "the API of Traefik, opened by an argument at a port that a Service opens",
      objects: [cloudNode, traefik(INSECURE), openAt(8443, 8080)],
      target,
      severity: "critical",
      evidence: [{ path: "spec.template.spec.containers[0].args[3]", value: INSECURE }],
    },
    {
      name: "the API of Traefik, opened by an argument at a port that a route of its own leads to",
      objects: [
        cloudNode,
        traefik(INSECURE),
        openAt(8443),
        service({ name: "pages", spec: { selector: { app: "traefik" }, ports: [{ port: 8080 }] } }),
        toDashboard("websecure", { services: [{ name: "pages", port: 8080 }] }),
      ],
      target,
      severity: "critical",
    },
    {
      name: "the API of Traefik, opened by an argument on the network of its node, and by a Service",
      objects: [
        cloudNode,
        deployment({
          name: "traefik",
          podSpec: { hostNetwork: true },
          container: { image: `docker.io/library/traefik:v3.6@${digest}`, args: [INSECURE] },
        }),
        openAt(8080),
      ],
      target,
      severity: "critical",
    },
    {
      name: "the API of Traefik, opened by an argument at the port that nothing names",
      objects: [
        cloudNode,
        deployment({ name: "traefik", container: { image: `docker.io/library/traefik:v3.6@${digest}`, args: ["--api.insecure"] } }),
        openAt(8080),
      ],
      target,
      severity: "critical",
      evidence: [{ path: "spec.template.spec.containers[0].args[0]", value: "--api.insecure" }],
    },
  ],
  passes: [
    {
      name: "the dashboard of Traefik at its internal entry point, as its chart has it",
      objects: [cloudNode, traefik(), openAt(8443), toDashboard("traefik")],
      target,
    },
    { name: "the dashboard of Traefik, to which nothing leads", objects: [cloudNode, traefik(), openAt(8443)], target },
    { name: "the API of Traefik, opened at a port that no Service opens", objects: [cloudNode, traefik(INSECURE), openAt(8443)], target },
    { name: "the API of Traefik, not opened", objects: [cloudNode, traefik("--api.insecure=false"), openAt(8443, 8080)], target },
    ...[{ basicAuth: { secret: "users" } }, { forwardAuth: { address: "http://login" } }, { ipAllowList: { sourceRange: ["10.0.0.0/8"] } }].map((spec) => ({
      name: `the dashboard of Traefik behind ${Object.keys(spec)[0]}`,
      objects: [cloudNode, traefik(), openAt(8443), gated, custom("Middleware", "gate", spec)],
      target,
    })),
    {
      name: "a dashboard of Traefik that is not switched on",
      objects: [cloudNode, withoutApi, openAt(8443), toDashboard("websecure")],
      target,
      evidence: [{ path: "spec.routes[0]", message: "Dashboard of Traefik: IngressRoute dashboard names it, but no argument of Traefik switches its API on." }],
    },
  ],
  notApplicable: [
    {
      name: "Traefik without its API",
      objects: [cloudNode, withoutApi, openAt(8443)],
      target,
    },
  ],
  unknown: [
    {
      name: "a Traefik whose settings are in a file",
      objects: [
        cloudNode,
        deployment({ name: "traefik", container: { image: `docker.io/library/traefik:v3.6@${digest}`, args: ["--configFile=/etc/traefik.yaml"] } }),
        openAt(8443),
      ],
      target,
      reason: "Whether Traefik opens its dashboard is not among its arguments.",
    },
    {
      name: "the dashboard of Traefik, to which a file may lead",
      objects: [cloudNode, traefik("--providers.file.directory=/routes"), openAt(8443)],
      target,
      reason: "Whether a file leads to the dashboard of Traefik is not read.",
    },
    {
      name: "the dashboard of Traefik, to which a store may lead",
      objects: [cloudNode, traefik("--providers.redis.endpoints=kv:6379"), openAt(8443)],
      target,
      reason: "Whether its provider redis leads to the dashboard of Traefik is not read.",
    },
    { name: "routes to the dashboard of Traefik were not read", objects: [cloudNode, traefik(), openAt(8443)], target, missing: ["customRoutes"] },
    {
      name: "the dashboard of Traefik at an internal entry point that a file sets up",
      objects: [
        cloudNode,
        deployment({ name: "traefik", container: { image: `docker.io/library/traefik:v3.6@${digest}`, args: ["--configFile=/etc/traefik.yaml"] } }),
        openAt(8443),
        toDashboard("traefik"),
      ],
      target,
      reason: "Which port entry point traefik has is not among the arguments of Traefik.",
    },
  ],
});
