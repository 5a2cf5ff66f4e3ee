import { expect, test } from "vitest";
import { isShippedDefault } from "../inventory/shipped-rbac";
import { dig, record, text } from "../model/json";
import { toAccessObjects } from "./access-objects";

test("what the API server makes for itself is as it makes it", () => {
  const shipped = toAccessObjects({ day: 90, instantOf: () => "2026-11-28T06:00:00Z" }).filter((object) => {
    const name = text(dig(object, "metadata", "name")) ?? "";
    const ref = { apiVersion: "rbac.authorization.k8s.io/v1", kind: text(record(object).kind) ?? "", namespace: null, name };
    return isShippedDefault(ref, object);
  });
  expect(shipped.map((object) => `${text(object.kind)} ${text(dig(object, "metadata", "name"))}`)).toEqual([
    "ClusterRole cluster-admin",
    "ClusterRoleBinding cluster-admin",
    "ClusterRole system:basic-user",
    "ClusterRoleBinding system:basic-user",
    "ClusterRole system:discovery",
    "ClusterRoleBinding system:discovery",
    "ClusterRole system:public-info-viewer",
    "ClusterRoleBinding system:public-info-viewer",
  ]);
});
