import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { DEFAULT_SETTINGS } from "../../inventory/inventory";
import { parseKubeVersion } from "../../inventory/kube-version";
import { node } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./k8s-patch-current";

describeControl(control, {
  fails: [{ name: "many patches behind", objects: [node()], kubeVersion: "1.35", evidence: [{ path: "gitVersion", value: "v1.35.0" }] }],
  notApplicable: [{ name: "a managed service chooses", objects: [node({ labels: { "eks.amazonaws.com/nodegroup": "a" } })], kubeVersion: "1.35" }],
  unknown: [
    { name: "a minor whose patches are not known", objects: [node()], kubeVersion: "1.37" },
    { name: "no version", objects: [node()] },
  ],
});

test.each([
  ["current by a table that is fresh", "v1.36.4", "2026-09-01T00:00:00Z", { state: "pass" }],
  ["current by a table that may have been overtaken", "v1.36.4", "2026-11-25T00:00:00Z", { state: "unknown", reason: expect.stringContaining("97 days old") }],
  ["far behind even what an old table knows", "v1.36.1", "2026-11-25T00:00:00Z", [{ path: "gitVersion" }]],
])("is %s", (_, version, observedAt, expected) => {
  const inventory = buildInventory([node()], { isComplete: true, kubeVersion: parseKubeVersion(version), observedAt, settings: DEFAULT_SETTINGS });
  expect(control.check({ name: "cluster" }, createContext(inventory))).toMatchObject(expected);
});
