import { expect, test } from "vitest";
import { buildInventory } from "../inventory/build-inventory";
import { createContext } from "../inventory/context";
import { parseKubeVersion } from "../inventory/values/kube-version";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { node } from "../inventory/testing";
import control from "./cluster/k8s-patch-current";

test.each([
  ["current by a table that is fresh", "v1.36.4", "2026-09-20T00:00:00Z", { state: "pass" }],
  ["as far behind as may be, by the table of the day", "v1.36.3", "2026-09-15T00:00:00Z", { state: "pass" }],
  [
    "not known where one patch more would be one too many",
    "v1.36.3",
    "2026-09-20T00:00:00Z",
    { state: "unknown", reason: expect.stringContaining("one every month") },
  ],
  ["not known two months on, for what was one behind", "v1.36.4", "2026-11-10T00:00:00Z", { state: "unknown" }],
  ["current two months on, for what was the newest", "v1.36.5", "2026-11-10T00:00:00Z", { state: "pass" }],
  ["current although newer than the table", "v1.37.2", "2026-11-28T00:00:00Z", { state: "pass" }],
  ["the last of a version that has ended, however old the table is", "v1.33.13", "2027-11-25T00:00:00Z", { state: "pass" }],
  ["far behind even what an old table knows", "v1.36.1", "2026-11-25T00:00:00Z", [{ path: "gitVersion" }]],
])("the newest patch is %s", (_, version, observedAt, expected) => {
  const inventory = buildInventory([node()], { ...WHOLE_CLUSTER, kubeVersion: parseKubeVersion(version), observedAt });
  expect(control.check({ name: "cluster" }, createContext(inventory))).toMatchObject(expected);
});
