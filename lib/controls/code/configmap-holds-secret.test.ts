import { configMap, deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./configmap-holds-secret";

const token = `xoxb-${"1234567890"}-abcdefghij`;

function takes(name: string, key: string, from = "app") {
  return { name, valueFrom: { configMapKeyRef: { name: from, key } } };
}

describeControl(control, {
  fails: [
    {
      name: "a key with a telling name",
      objects: [configMap({ data: { db_password: "Tr0ub4dor33" } })],
      evidence: [{ path: "data.db_password", value: "«redacted: named-literal, 11 characters»" }],
      severity: "medium",
    },
    {
      name: "an entry of a file",
      objects: [configMap({ data: { "app.yaml": "db:\n  user: cart\n  password: Tr0ub4dor33\n" } })],
      evidence: [{ path: 'data["app.yaml"]' }],
      severity: "medium",
    },
    {
      name: "a token in any text",
      objects: [configMap({ data: { "run.sh": `#!/bin/sh\ncurl -H "Authorization: Bearer ${token}" x\n` } })],
      severity: "critical",
    },
    {
      name: "a private key in binary data",
      objects: [configMap({ binaryData: { id: btoa(`-----BEGIN ${"PRIVATE KEY"}-----\nMIIE`) } })],
      evidence: [{ path: "binaryData.id" }],
      severity: "critical",
    },
    {
      name: "workloads take values from it",
      objects: [
        configMap({ data: { db_password: "Tr0ub4dor33" } }),
        deployment({ container: { envFrom: [{ configMapRef: { name: "app" } }] } }),
        ...["a", "b", "c"].map((name) => pod({ name, podSpec: { volumes: [{ name: "settings", configMap: { name: "app" } }] } })),
      ],
      evidence: [
        {
          path: "data.db_password",
          message: "Key db_password holds a credential (named as one). Deployment app, Pod a, Pod b and 1 more take values from it.",
        },
      ],
    },
    {
      name: "one workload takes values from it",
      objects: [configMap({ data: { db_password: "Tr0ub4dor33" } }), deployment({ container: { envFrom: [{ configMapRef: { name: "app" } }] } })],
      evidence: [{ path: "data.db_password", message: "Key db_password holds a credential (named as one). Deployment app takes values from it." }],
    },
    {
      name: "a variable that is named as a credential is filled from it, whatever the key is called",
      objects: [configMap({ data: { "funny.entry": "Tr0ub4dor33" } }), deployment({ container: { env: [takes("SPECIAL_SECRET", "funny.entry")] } })],
      evidence: [
        {
          path: 'data["funny.entry"]',
          value: "«redacted: named-literal, 11 characters»",
          message: "Key funny.entry holds a credential (named as one). Deployment app takes values from it.",
        },
      ],
      severity: "medium",
    },
    {
      name: "a pod that asks for it comes after it, and names it twice",
      objects: [
        configMap({ data: { entry: "Tr0ub4dor33" } }),
        pod({
          podSpec: {
            initContainers: [{ name: "init", image: "a:1", env: [takes("MODE", "entry"), takes("DB_PASSWORD", "entry"), takes("API_TOKEN", "entry")] }],
          },
        }),
      ],
      evidence: [{ path: "data.entry" }],
    },
    { name: "its own names tell, whatever was not read", objects: [configMap({ data: { db_password: "Tr0ub4dor33" } })], missing: ["workloads"] },
    { name: "a default password", objects: [configMap({ data: { password: "admin" } })], severity: "low" },
  ],
  passes: [
    { name: "plain configuration", objects: [configMap({ data: { "app.properties": "color=purple\ntoken.ttl=24h\n", REDIS_PASSWORD: "" } })] },
    {
      name: "variables of other names, of other ConfigMaps and of other namespaces are filled from it, or with what is no credential",
      objects: [
        configMap({ data: { "funny.entry": "Tr0ub4dor33", mode: "production", toString: "" } }),
        deployment({
          container: { env: [takes("SPECIAL_MODE", "funny.entry"), takes("TOKEN_MODE", "mode"), takes("API_TOKEN", "mode"), takes("SECRET", "absent")] },
        }),
        deployment({ name: "other", container: { env: [takes("SPECIAL_SECRET", "funny.entry", "other")] } }),
        deployment({ name: "far", namespace: "far", container: { env: [takes("SPECIAL_SECRET", "funny.entry")] } }),
      ],
    },
    { name: "odd shapes", objects: [configMap({ data: { password: 7, nested: { token: "x" } }, binaryData: { x: "%%%" } })] },
  ],
  notApplicable: [
    {
      name: "certificates of the cluster",
      objects: [configMap({ name: "kube-root-ca.crt", data: { "ca.crt": "-----BEGIN CERTIFICATE-----" } })],
      target: { kind: "ConfigMap", name: "kube-root-ca.crt" },
    },
  ],
  unknown: [
    { name: "which variables are filled from it was not read", objects: [configMap({ data: { "funny.entry": "Tr0ub4dor33" } })], missing: ["workloads"] },
    { name: "a value is too large to read in full", objects: [configMap({ data: { big: "x ".repeat(200_000) } })] },
  ],
});
