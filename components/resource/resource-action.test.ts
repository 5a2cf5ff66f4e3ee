import { expect, it } from "vitest";
import { resourceAction } from "./resource-action";

const toAction = (apiVersion: string, kind: string, namespace: string | null, { hasPods = false, goneAt = null as string | null } = {}) =>
  resourceAction("/c/x", { ref: { apiVersion, kind, namespace, name: "it" }, settings: hasPods ? { containers: [], rows: [] } : null, goneAt });

it("leads from an object to the page that answers the first question about it", () => {
  expect(toAction("apps/v1", "Deployment", "shop", { hasPods: true })?.href).toBe("/c/x/network?by=workload&workload=shop/Deployment/it");
  expect(toAction("v1", "ServiceAccount", "shop")?.href).toBe("/c/x/who-can?by=subject&subject=ServiceAccount/shop/it");
  expect(toAction("v1", "Namespace", null)?.href).toBe("/c/x/pod-security/it");
  expect(toAction("project.example.com/v1", "Namespace", null)).toBe(null);
  expect(toAction("v1", "Node", null)).toBe(null);
  expect(toAction("v1", "ServiceAccount", "shop", { goneAt: "2026-11-24T06:00:00.000Z" })).toBe(null);
});
