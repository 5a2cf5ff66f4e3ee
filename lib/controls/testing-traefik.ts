import { deployment, service } from "../inventory/testing";
import { digest, PUBLIC } from "./testing-consoles";

/** Traefik as its chart runs it: the dashboard is switched on, at entry point `traefik`. */
export const traefik = (...more: readonly string[]) =>
  deployment({
    name: "traefik",
    container: {
      image: `docker.io/library/traefik:v3.6@${digest}`,
      args: ["--entryPoints.traefik.address=:8080/tcp", "--entryPoints.websecure.address=:8443/tcp", "--api.dashboard=true", ...more],
    },
  });

/** Its load balancer, on the internet. */
export const openAt = (...targetPorts: readonly number[]) =>
  service({
    name: "traefik",
    spec: {
      type: "LoadBalancer",
      selector: { app: "traefik" },
      ports: targetPorts.map((targetPort) => ({ name: `p${targetPort}`, port: targetPort === 8443 ? 443 : targetPort, targetPort })),
    },
    ...PUBLIC,
  });

export const custom = (kind: string, name: string, spec: object) => ({
  apiVersion: "traefik.io/v1alpha1",
  kind,
  metadata: { name, namespace: "shop" },
  spec,
});

/** An IngressRoute to the dashboard. */
export const toDashboard = (entryPoint: string, rule: object = {}) =>
  custom("IngressRoute", "dashboard", {
    entryPoints: [entryPoint],
    routes: [{ match: "PathPrefix(`/dashboard`)", kind: "Rule", services: [{ kind: "TraefikService", name: "api@internal" }], ...rule }],
  });
