import { expect, test } from "vitest";
import { configMap, deployment } from "../testing";
import { unreadRoutersView } from "./other-routers";
import { contextWithout } from "./testing-exposure";

const crd = (name: string) => ({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } });

test("says which routes nobody reads, and which could not be read", () => {
  expect(
    contextWithout([], crd("ingressroutes.traefik.io"))
      .view(unreadRoutersView)
      .map(({ reason }) => reason),
  ).toEqual([]);
  expect(
    contextWithout([], crd("tcps.ingress.v1.haproxy.org"), crd("tcps.ingress.v3.haproxy.org"))
      .view(unreadRoutersView)
      .map(({ reason }) => reason),
  ).toEqual(["Whether TCPs of HAProxy lead to its Service is not read."]);
  expect(
    contextWithout([], crd("agentendpoints.ngrok.k8s.ngrok.com"))
      .view(unreadRoutersView)
      .map(({ reason }) => reason),
  ).toEqual(["Whether AgentEndpoints of ngrok lead to its Service is not read."]);
  expect(
    contextWithout(["IngressRoute", "TraefikService"])
      .view(unreadRoutersView)
      .map(({ reason }) => reason),
  ).toEqual([
    "Whether IngressRoutes of Traefik lead to its Service is not known: Listing IngressRoute was refused.",
    "Whether TraefikServices of Traefik lead to its Service is not known: Listing TraefikService was refused.",
  ]);
});

test("says which tunnels nobody reads", () => {
  const program = (image: string, ...args: string[]) => deployment({ name: "way", container: { image, args } });
  const said = (...objects: object[]) =>
    contextWithout([], ...objects)
      .view(unreadRoutersView)
      .map(({ reason }) => reason);
  expect(said(program("cloudflare/cloudflared:2026.10.0", "tunnel", "--no-autoupdate", "run"))).toEqual([
    "Whether the tunnel of Cloudflare that Deployment shop/way keeps open leads to it is not read.",
  ]);
  expect(said(program("cloudflare/cloudflared:2026.10.0", "proxy-dns"))).toEqual([]);
  expect(said(program("docker.io/ngrok/ngrok:3", "http", "web:80"))).toHaveLength(1);
  expect(said(program("docker.io/ngrok/ngrok-operator:0.19.0", "agent-manager"))).toHaveLength(1);
  expect(said(program("ghcr.io/fatedier/frpc:v0.65.0", "-c", "/etc/frpc.toml"))).toHaveLength(1);
  expect(said(program("ghcr.io/inlets/inlets-pro:0.11.0", "tcp", "client"))).toHaveLength(1);
  expect(said(program("rapiz1/rathole:v0.5.0", "--client", "/app/config.toml"))).toHaveLength(1);
  expect(said(program("jpillora/chisel:1.11.3", "client", "https://way.example.com", "R:443:web:80"))).toHaveLength(1);
  expect(said(program("jpillora/chisel:1.11.3", "client", "https://way.example.com", "5432:db:5432"))).toEqual([]);
  expect(said(program("jpillora/chisel:1.11.3", "server", "--reverse"))).toEqual([]);
  expect(said(program("openziti/zrok:1.1.11", "share", "reserved", "shop", "--headless"))).toHaveLength(1);
  expect(said(program("openziti/zrok:1.1.11", "access", "private", "shop"))).toEqual([]);
  expect(said(program("docker.io/fosrl/newt:1.8.0"))).toHaveLength(1);
  expect(said(deployment({ container: { image: "docker.io/ngrok/ngrok:3" }, spec: { replicas: 0 } }))).toEqual([]);
});

test("says of what Tailscale serves that it may be for the internet, unless its settings say that it is not", () => {
  const serving = (volume: object, labels = {}) =>
    deployment({
      name: "way",
      labels,
      podSpec: {
        containers: [
          {
            name: "tailscale",
            image: "ghcr.io/tailscale/tailscale:v1.90.0",
            env: [{ name: "TS_SERVE_CONFIG", value: "/config/serve.json" }],
            volumeMounts: [{ name: "serve", mountPath: "/config" }],
          },
        ],
        volumes: [{ name: "serve", ...volume }],
      },
    });
  const settings = (more: object) => configMap({ name: "serve", data: { "serve.json": JSON.stringify({ TCP: { 443: { HTTPS: true } }, ...more }) } });
  const inMap = { configMap: { name: "serve" } };
  const reason = "Whether the tunnel of Tailscale that Deployment shop/way keeps open leads to it is not read.";
  const said = (...objects: object[]) =>
    contextWithout([], ...objects)
      .view(unreadRoutersView)
      .map((router) => router.reason);
  expect(said(serving(inMap), settings({ AllowFunnel: { "a.ts.net:443": true } }))).toEqual([reason]);
  expect(said(serving(inMap), settings({}))).toEqual([]);
  expect(said(serving(inMap))).toEqual([reason]);
  expect(said(serving({ secret: { secretName: "serve" } }), settings({}))).toEqual([reason]);
  expect(said(serving(inMap, { "tailscale.com/managed": "true" }))).toEqual([]);
  expect(said(deployment({ container: { image: "ghcr.io/tailscale/tailscale:v1.90.0" } }))).toEqual([]);
});
