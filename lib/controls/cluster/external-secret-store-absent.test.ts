import { deployment } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./external-secret-store-absent";

const uses = (volume: object, podAnnotations: Record<string, string> = {}) => deployment({ podAnnotations, podSpec: { volumes: [{ name: "db", ...volume }] } });
const secret = { secret: { secretName: "db" } };

describeControl(control, {
  fails: [
    { name: "Secrets of the cluster alone", objects: [uses(secret)] },
    { name: "credentials in specs", objects: [deployment({ container: { env: [{ name: "DB_PASSWORD", value: "Tr0ub4dor33" }] } })] },
    {
      name: "External Secrets that bring nothing in",
      objects: [
        uses(secret),
        {
          apiVersion: "external-secrets.io/v1",
          kind: "ExternalSecret",
          metadata: { name: "db", namespace: "shop" },
          status: { conditions: [{ type: "Ready", status: "False" }] },
        },
      ],
    },
    {
      name: "Secrets that lie sealed beside the manifests",
      objects: [uses(secret), { apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", metadata: { name: "db", namespace: "shop" } }],
    },
    {
      name: "a driver that nobody mounts",
      objects: [uses(secret), { apiVersion: "secrets-store.csi.x-k8s.io/v1", kind: "SecretProviderClass", metadata: { name: "db", namespace: "shop" } }],
    },
  ],
  passes: [
    { name: "the Secrets Store driver", objects: [uses({ csi: { driver: "secrets-store.csi.k8s.io" } })] },
    { name: "the Vault injector", objects: [uses(secret, { "vault.hashicorp.com/agent-inject": "true" })] },
    {
      name: "External Secrets",
      objects: [uses(secret), { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", metadata: { name: "db", namespace: "shop" } }],
    },
  ],
  notApplicable: [{ name: "no Secret is used", objects: [deployment()] }],
  unknown: [
    { name: "stores cannot be listed", objects: [uses(secret)], missing: ["secretStores"] },
    { name: "a set of manifests", objects: [uses(secret)], complete: false },
  ],
});
