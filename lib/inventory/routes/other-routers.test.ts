import { expect, test } from "vitest";
import { unreadRoutersView } from "./other-routers";
import { contextWithout } from "./testing-exposure";

const crd = (name: string) => ({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } });

test("says which routes nobody reads, and which could not be read", () => {
  expect(contextWithout([], crd("ingressroutes.traefik.io")).view(unreadRoutersView)).toEqual([]);
  expect(contextWithout([], crd("tcps.ingress.v1.haproxy.org"), crd("tcps.ingress.v3.haproxy.org")).view(unreadRoutersView)).toEqual([
    "Whether TCPs of HAProxy lead to its Service is not read.",
  ]);
  expect(contextWithout(["IngressRoute", "TraefikService"]).view(unreadRoutersView)).toEqual([
    "Whether IngressRoutes of Traefik lead to its Service is not known: Listing IngressRoute was refused.",
    "Whether TraefikServices of Traefik lead to its Service is not known: Listing TraefikService was refused.",
  ]);
});
