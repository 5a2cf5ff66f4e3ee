import { configMap, deployment, pod } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./configmap-holds-secret";

const token = `xoxb-${"1234567890"}-abcdefghij`;

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
    { name: "a default password", objects: [configMap({ data: { password: "admin" } })], severity: "low" },
  ],
  passes: [
    { name: "plain configuration", objects: [configMap({ data: { "app.properties": "color=purple\ntoken.ttl=24h\n", REDIS_PASSWORD: "" } })] },
    { name: "odd shapes", objects: [configMap({ data: { password: 7, nested: { token: "x" } }, binaryData: { x: "%%%" } })] },
  ],
  notApplicable: [
    {
      name: "certificates of the cluster",
      objects: [configMap({ name: "kube-root-ca.crt", data: { "ca.crt": "-----BEGIN CERTIFICATE-----" } })],
      target: { kind: "ConfigMap", name: "kube-root-ca.crt" },
    },
  ],
  unknown: [{ name: "a value is too large to read in full", objects: [configMap({ data: { big: "x ".repeat(200_000) } })] }],
});
