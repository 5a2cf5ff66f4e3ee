import { expect, test } from "vitest";
import { buildInventory } from "../inventory/build-inventory";
import { createContext } from "../inventory/context";
import { parseKubeVersion } from "../inventory/values/kube-version";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { node } from "../inventory/testing";
import control from "./cluster/k8s-patch-current";

test.each([
  ["current by a table that is fresh", "v1.36.4", "2026-09-01T00:00:00Z", { state: "pass" }],
  [
    "current by a table that may have been overtaken",
    "v1.36.4",
    "2026-11-25T00:00:00Z",
    { state: "unknown", reason: expect.stringContaining("over 90 days ago") },
  ],
  ["far behind even what an old table knows", "v1.36.1", "2026-11-25T00:00:00Z", [{ path: "gitVersion" }]],
])("the newest patch is %s", (_, version, observedAt, expected) => {
  const inventory = buildInventory([node()], { ...WHOLE_CLUSTER, kubeVersion: parseKubeVersion(version), observedAt });
  expect(control.check({ name: "cluster" }, createContext(inventory))).toMatchObject(expected);
});
