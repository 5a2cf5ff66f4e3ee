import { expect, test } from "vitest";
import { createContext } from "../../inventory/context";
import { itemsOf } from "../../inventory/slices";
import { deployment, namespace } from "../../inventory/testing";
import { proposeForNamespace } from "./propose-policy";
import { inventoryOf } from "./testing-worlds";

const MANY = 300;

test("looks at the pods of each workload of a namespace a few times, however many others there are", () => {
  const objects = [namespace(), ...Array.from({ length: MANY }, (_, i) => deployment({ name: `app-${i}` }))];
  const inventory = inventoryOf(objects);
  let looks = 0;
  const items = itemsOf(inventory.slices.workloads).map((workload) => ({
    ...workload,
    views: () => {
      looks += 1;
      return workload.views();
    },
  }));
  const context = createContext({ ...inventory, slices: { ...inventory.slices, workloads: { state: "read", items } } });
  expect(proposeForNamespace(context, "shop", "named").policies).toHaveLength(MANY + 1);
  expect(looks).toBeLessThan(30 * MANY);
});
