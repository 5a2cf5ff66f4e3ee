import { expect, test } from "vitest";
import { buildInventory } from "../build-inventory";
import { DEFAULT_SETTINGS } from "../inventory";
import { configMap, deployment } from "../testing";

const OPTIONS = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };

const settings = configMap({ data: { "funny.entry": "Tr0ub4dor33", mode: "production", toString: "x" } });
const app = deployment({ container: { env: [{ name: "SPECIAL_SECRET", valueFrom: { configMapKeyRef: { name: "app", key: "funny.entry" } } }] } });

test.each([
  ["before", [settings, app]],
  ["after", [app, settings]],
])("a credential that only a variable tells is not kept, whether its ConfigMap comes %s the workload or not", (_, objects) => {
  const { configMaps } = buildInventory(objects, OPTIONS).slices;
  expect(configMaps.state === "read" && configMaps.items.map(({ body }) => body.data)).toEqual([
    { "funny.entry": "«redacted: named-literal, 11 characters»", mode: "production", toString: "x" },
  ]);
});

test("an object that nothing names so is the very same", () => {
  const { configMaps } = buildInventory([settings], OPTIONS).slices;
  expect(configMaps.state === "read" && configMaps.items.map(({ body }) => body.data)).toEqual([settings.data]);
});
