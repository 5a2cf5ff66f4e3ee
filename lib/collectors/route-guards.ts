import "server-only";
import { isSecretUrn } from "@/lib/inventory/secrets/named-secrets";
import { redactSettings } from "@/lib/inventory/secrets/redact";
import { findRedactionMarker } from "@/lib/inventory/secrets/secret-match";
import { isRecord, type JsonRecord, record, records } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };

function pick(from: unknown, ...names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(record(from)).filter(([name]) => names.includes(name)));
}

/** Of settings of plugins, which go by any name, what names Secrets, and that a credential stood there; undefined = there is neither. Items keep their places in lists. */
function keepNames(settings: unknown): unknown {
  if (typeof settings === "string") return isSecretUrn(settings) || findRedactionMarker(settings) ? settings : undefined;
  if (Array.isArray(settings)) {
    const items = settings.map(keepNames);
    return items.some((item) => item !== undefined) ? items.map((item) => item ?? null) : undefined;
  }
  const entries = Object.entries(record(settings)).map(([name, value]) => [name, keepNames(value)] as const);
  const kept = entries.filter(([, value]) => value !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Plugins are handed passwords in settings of any name: what they are is kept, who may pass, the Secrets that they name, and where a credential stood. */
function withoutSettings(body: JsonRecord): JsonRecord {
  const { apiVersion, kind, metadata, spec, plugin, disabled, config, configFrom } = body;
  const base = { apiVersion, kind, ...(isRecord(metadata) && { metadata }) };
  if (kind === "KongPlugin" || kind === "KongClusterPlugin") {
    const patches = records(body.configPatches).flatMap(({ valueFrom }) => (isRecord(valueFrom) ? [{ valueFrom }] : []));
    const credentials = record(keepNames(redactSettings(config)));
    const from = { ...(isRecord(configFrom) && { configFrom }), ...(patches.length > 0 && { configPatches: patches }) };
    return { ...base, plugin, disabled, config: { ...credentials, ...pick(config, "anonymous", "allow", "whitelist") }, ...from };
  }
  if (kind === "BackendConfig") {
    const { iap, cdn } = record(spec);
    const { oauthclientCredentials } = record(iap);
    const named = isRecord(oauthclientCredentials) && { oauthclientCredentials: pick(oauthclientCredentials, "secretName") };
    const signedUrlKeys = records(record(cdn).signedUrlKeys).map((key) => pick(key, "secretName"));
    return { ...base, spec: { iap: { ...pick(iap, "enabled"), ...named }, ...(signedUrlKeys.length > 0 && { cdn: { signedUrlKeys } }) } };
  }
  if (kind !== "Middleware") return body;
  const emptied = Object.fromEntries(Object.entries(record(record(spec).plugin)).map(([name, settings]) => [name, keepNames(redactSettings(settings)) ?? {}]));
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
