import "server-only";
import { isRecord, type JsonRecord, record } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };

function pick(from: unknown, ...names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(record(from)).filter(([name]) => names.includes(name)));
}

/** Plugins are handed passwords in settings of any name: what they are is kept, and who may pass. */
function withoutSettings(body: JsonRecord): JsonRecord {
  const { apiVersion, kind, metadata, spec, plugin, disabled, config } = body;
  const base = { apiVersion, kind, ...(isRecord(metadata) && { metadata }) };
  if (kind === "KongPlugin" || kind === "KongClusterPlugin") return { ...base, plugin, disabled, config: pick(config, "anonymous", "allow", "whitelist") };
  if (kind === "BackendConfig") return { ...base, spec: { iap: pick(record(spec).iap, "enabled") } };
  if (kind !== "Middleware") return body;
  const emptied = Object.fromEntries(Object.keys(record(record(spec).plugin)).map((name) => [name, {}]));
  return { ...base, spec: { ...record(spec), ...(isRecord(record(spec).plugin) && { plugin: emptied }) } };
}

const GUARDS = [
  ["middlewares", "Middleware"],
  ["middlewaretcps", "MiddlewareTCP"],
  ["tlsoptions", "TLSOption"],
] as const;

/** What asks for a sign-in, or limits who may connect, in front of Ingresses and routes. */
export const routeGuardsCollector = defineCollector({
  id: "route-guards",
  kinds: [
    ...kindsOf("gateway.envoyproxy.io", ["v1alpha1"], [["securitypolicies", "SecurityPolicy"]], optional),
    ...kindsOf("security.istio.io", ["v1", "v1beta1"], [["authorizationpolicies", "AuthorizationPolicy"]], optional),
    ...kindsOf("networking.gke.io", ["v1"], [["gcpbackendpolicies", "GCPBackendPolicy"]], optional),
    ...kindsOf("cloud.google.com", ["v1", "v1beta1"], [["backendconfigs", "BackendConfig"]], optional),
    ...kindsOf("traefik.io", ["v1alpha1"], GUARDS, optional),
    ...kindsOf("traefik.containo.us", ["v1alpha1"], GUARDS, optional),
    ...kindsOf(
      "configuration.konghq.com",
      ["v1"],
      [
        ["kongplugins", "KongPlugin"],
        ["kongclusterplugins", "KongClusterPlugin"],
      ],
      optional,
    ),
  ],
  project: withoutSettings,
});
