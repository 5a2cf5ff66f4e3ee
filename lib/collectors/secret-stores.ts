import "server-only";
import { type JsonRecord, isRecord, record, records } from "@/lib/model/json";
import { defineCollector, kindsOf } from "./define-collector";

const optional = { optional: true };

/** That they are there, and whether they work, is all that is asked: what they hold stays out. */
function withoutContent(body: JsonRecord): JsonRecord {
  const ready = records(record(body.status).conditions).find(({ type }) => type === "Ready");
  return {
    apiVersion: body.apiVersion,
    kind: body.kind,
    ...(isRecord(body.metadata) && { metadata: body.metadata }),
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
