import { expect, test } from "vitest";
import { configMapUsersView } from "./config-map-uses";
import { createTestContext } from "../testing-context";
import { deployment, pod } from "../testing";

test("a workload uses a ConfigMap of its namespace by a key, as a whole, as a volume, or as a part of one", () => {
  const objects = [
    deployment({ name: "by-key", container: { env: [{ name: "X", valueFrom: { configMapKeyRef: { name: "app", key: "password" } } }] } }),
    deployment({ name: "whole", container: { envFrom: [{ configMapRef: { name: "app" } }] } }),
    pod({ name: "mounted", podSpec: { volumes: [{ name: "c", configMap: { name: "app" } }] } }),
    pod({ name: "projected", podSpec: { volumes: [{ name: "c", projected: { sources: [{ configMap: { name: "app" } }] } }] } }),
    pod({ name: "elsewhere", namespace: "other", podSpec: { volumes: [{ name: "c", configMap: { name: "app" } }] } }),
    pod({ name: "odd", podSpec: { volumes: [{ name: "c", configMap: "app" }, "x"] } }),
  ];
  const users = createTestContext(objects).view(configMapUsersView);
  expect([...(users.get("shop/app") ?? [])].sort()).toEqual(["Deployment by-key", "Deployment whole", "Pod mounted", "Pod projected"]);
  expect([...(users.get("other/app") ?? [])]).toEqual(["Pod elsewhere"]);
});
