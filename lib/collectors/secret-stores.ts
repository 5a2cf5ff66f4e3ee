import "server-only";
import { SECRET_MAKERS } from "@/lib/inventory/slices";
import { type JsonRecord, isRecord, record, records } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };

/** What an ExternalSecret makes: people write credentials beside those that come from the store. Where it takes them from stays out. */
function onlyTarget(spec: unknown): JsonRecord | null {
  const { target, externalSecretSpec } = record(spec);
  if (isRecord(target)) return { target };
  const ofEach = record(externalSecretSpec).target;
  return isRecord(ofEach) ? { externalSecretSpec: { target: ofEach } } : null;
}

/** That they are there, and whether they work, is all that is asked of most: what they hold stays out. */
function withoutContent(body: JsonRecord): JsonRecord {
  const ready = records(record(body.status).conditions).find(({ type }) => type === "Ready");
  const spec = SECRET_MAKERS.some((kind) => kind === body.kind) ? onlyTarget(body.spec) : null;
  return {
    apiVersion: body.apiVersion,
    kind: body.kind,
    ...(isRecord(body.metadata) && { metadata: body.metadata }),
    ...(spec && { spec }),
    ...(ready && { status: { conditions: [{ type: "Ready", status: ready.status }] } }),
  };
}

/** Objects by which Secrets come from a store outside of the cluster. */
export const secretStoresCollector = defineCollector({
  id: "secret-stores",
  kinds: [
    ...kindsOf("secrets-store.csi.x-k8s.io", ["v1", "v1alpha1"], [["secretproviderclasses", "SecretProviderClass"]], optional),
    ...kindsOf(
      "external-secrets.io",
      ["v1", "v1beta1"],
      [
        ["externalsecrets", "ExternalSecret"],
        ["clusterexternalsecrets", "ClusterExternalSecret"],
      ],
      optional,
    ),
    ...kindsOf("bitnami.com", ["v1alpha1"], [["sealedsecrets", "SealedSecret"]], optional),
    ...kindsOf(
      "secrets.hashicorp.com",
      ["v1beta1"],
      [
        ["vaultstaticsecrets", "VaultStaticSecret"],
        ["vaultdynamicsecrets", "VaultDynamicSecret"],
      ],
      optional,
    ),
  ],
  project: withoutContent,
});
