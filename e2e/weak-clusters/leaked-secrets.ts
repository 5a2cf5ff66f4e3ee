import { container, manifest, type Manifest, templateFor } from "../world/manifest";
import type { KnownWeakness } from "./known-weakness";

const SPACE = "leaked-secrets";

/** Put together here, so that no scanner of this repository takes it for a real one. */
const KEY_ID = `AKIA${"ABCDEFGH23456789"}`;
const PASSWORD = `Tr0ub4dor-${"77-pump-rail"}`;

function app(name: string, more: Manifest): Manifest {
  const spec = { containers: [container("app", "registry.example.com/shop/app:1", more)] };
  return manifest("apps/v1", "Deployment", SPACE, name, { spec: { replicas: 1, ...templateFor(name, spec) } });
}

/** The places where credentials are put that are no place for them. */
export function leakedSecretManifests(): readonly Manifest[] {
  return [
    manifest("v1", "Namespace", null, SPACE),
    manifest("v1", "ConfigMap", SPACE, "special", { data: { "application.properties": `spring.datasource.password=${PASSWORD}\n` } }),
    manifest("v1", "ConfigMap", SPACE, "entries", { data: { "some.entry": PASSWORD } }),
    manifest("v1", "ConfigMap", SPACE, "plain", { data: { mode: "production" } }),
    manifest("v1", "Secret", SPACE, "funky", { stringData: { funkier: PASSWORD } }),
    app("in-env", { env: [{ name: "DB_PASSWORD", value: PASSWORD }] }),
    app("in-arguments", { args: [`--password=${PASSWORD}`] }),
    app("cloud-key", { env: [{ name: "SOMETHING", value: KEY_ID }] }),
    app("by-reference", { env: [{ name: "SPECIAL", valueFrom: { secretKeyRef: { name: "funky", key: "funkier" } } }] }),
    app("by-entry", { env: [{ name: "SPECIAL_SECRET", valueFrom: { configMapKeyRef: { name: "entries", key: "some.entry" } } }] }),
    app("all-of-it", { envFrom: [{ secretRef: { name: "funky" } }] }),
    app("none", { env: [{ name: "MODE", value: "production" }] }),
  ];
}

export const LEAKED_SECRETS: readonly KnownWeakness[] = [
  { object: `ConfigMap ${SPACE}/special`, found: ["configmap-holds-secret"] },
  { object: `ConfigMap ${SPACE}/entries`, found: ["configmap-holds-secret"] },
  { object: `ConfigMap ${SPACE}/plain`, found: [], met: ["configmap-holds-secret"] },
  { object: `Deployment ${SPACE}/in-env`, found: ["secret-literal-in-spec"] },
  { object: `Deployment ${SPACE}/in-arguments`, found: ["secret-literal-in-spec"] },
  { object: `Deployment ${SPACE}/cloud-key`, found: ["secret-literal-in-spec"] },
  { object: `Deployment ${SPACE}/by-reference`, found: ["secret-env-ref"], met: ["secret-literal-in-spec"] },
  { object: `Deployment ${SPACE}/all-of-it`, found: ["secret-env-ref"] },
  { object: `Deployment ${SPACE}/none`, found: [], met: ["secret-literal-in-spec", "secret-env-ref"] },
];
