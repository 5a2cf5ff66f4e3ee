import { amount, type JsonRecord, record, records, text, texts } from "../model/json";
import type { KubeObject } from "./kube-object";

/** The kinds that a listener of a protocol can serve, whatever names it. */
const SERVED: Readonly<Record<string, readonly string[]>> = {
  HTTP: ["HTTPRoute", "GRPCRoute"],
  HTTPS: ["HTTPRoute", "GRPCRoute"],
  TLS: ["TLSRoute", "TCPRoute"],
  TCP: ["TCPRoute"],
  UDP: ["UDPRoute"],
};

function covers(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith("*.") && host.endsWith(pattern.slice(1)));
}

/** A route for other hosts than those of a listener does not attach to it. */
function sharesHost(route: KubeObject, listener: JsonRecord): boolean {
  const own = text(listener.hostname);
  const hosts = texts(record(route.body.spec).hostnames);
  return !own || hosts.length === 0 || hosts.some((host) => covers(own, host) || covers(host, own));
}

/** The gateway's controller has said that it does not take the route. */
function isRefused(route: KubeObject, gateway: KubeObject, name: string): boolean {
  return records(record(route.body.status).parents).some((entry) => {
    const parent = record(entry.parentRef);
    return (
      text(parent.name) === gateway.ref.name &&
      (text(parent.namespace) ?? route.ref.namespace) === gateway.ref.namespace &&
      (text(parent.sectionName) ?? name) === name &&
      records(entry.conditions).some((condition) => condition.type === "Accepted" && condition.status === "False")
    );
  });
}

/** The routes that attach to a listener of a gateway: by its name, by its port, or to the gateway as a whole. */
export function routesOfListener(objects: readonly KubeObject[], gateway: KubeObject, listener: JsonRecord): readonly KubeObject[] {
  const name = text(listener.name) ?? "";
  const kinds = SERVED[text(listener.protocol) ?? ""];
  return objects.filter((object) => {
    if (!object.ref.kind.endsWith("Route") || kinds?.includes(object.ref.kind) === false) return false;
    if (!sharesHost(object, listener) || isRefused(object, gateway, name)) return false;
    return records(record(object.body.spec).parentRefs).some((parent) => {
      const isGateway =
        (text(parent.kind) ?? "Gateway") === gateway.ref.kind &&
        text(parent.name) === gateway.ref.name &&
        (text(parent.namespace) ?? object.ref.namespace) === gateway.ref.namespace;
      return isGateway && (text(parent.sectionName) ?? name) === name && (amount(parent.port) ?? listener.port) === listener.port;
    });
  });
}
