import { expect, test } from "vitest";
import { judge } from "../../engine/judge";
import { buildInventory } from "../../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../../inventory/inventory";
import { configMap, deployment, pod } from "../../inventory/testing";
import { listControls } from "../registry";
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

test("names the workloads that take values from it, whichever way they do", () => {
  const objects = [
    configMap({ data: { db_password: "Tr0ub4dor33" } }),
    deployment({ name: "by-key", container: { env: [{ name: "X", valueFrom: { configMapKeyRef: { name: "app", key: "db_password" } } }] } }),
    deployment({ name: "whole", container: { envFrom: [{ configMapRef: { name: "app" } }] } }),
    pod({ name: "mounted", podSpec: { volumes: [{ name: "c", configMap: { name: "app" } }] } }),
    pod({ name: "projected", podSpec: { volumes: [{ name: "c", projected: { sources: [{ configMap: { name: "app" } }] } }] } }),
    pod({ name: "elsewhere", namespace: "other", podSpec: { volumes: [{ name: "c", configMap: { name: "app" } }] } }),
  ];
  const inventory = buildInventory(objects, { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS });
  const [verdict] = judge(
    inventory,
    listControls().filter(({ id }) => id === control.id),
  );
  expect(verdict?.evidence[0]?.message).toMatch(/ Deployment by-key, Deployment whole, Pod mounted and 1 more take values from it\.$/);
});
