import { expect, it } from "vitest";
import { toFieldManagers } from "@/lib/inventory/field-managers";
import { findManagedBy } from "./managed-by";

const INSTANCE = { "app.kubernetes.io/instance": "shop" };
const HELM = { "app.kubernetes.io/managed-by": "Helm", ...INSTANCE };
const OWNER = { apiVersion: "monitoring.coreos.com/v1", kind: "Prometheus", name: "k8s", uid: "u", controller: true };

it.each([
  ["nobody", { labels: INSTANCE }, "kubectl-client-side-apply", null],
  ["Argo CD by the fields that it set, where it tracks by a label that others use too", { labels: INSTANCE }, "argocd-controller", "Argo CD"],
  ["Argo CD by its older name", {}, "argocd-application-controller", "Argo CD"],
  ["the application that is named, before who set fields", { labels: { "argocd.argoproj.io/instance": "web" } }, "argocd-controller", "Argo CD (web)"],
  ["Argo CD where it applies a chart", { labels: HELM }, "argocd-controller", "Argo CD"],
  ["Helm", { labels: HELM }, "helm", "Helm (shop)"],
  ["the owner, whose labels it has", { labels: HELM, ownerReferences: [OWNER] }, "PrometheusOperator", "Prometheus k8s"],
  ["nobody, where an owner only takes it along when it goes", { ownerReferences: [{ ...OWNER, controller: false }] }, "kubectl", null],
])("names %s", (_, metadata, manager, expected) => {
  const managers = toFieldManagers({ managedFields: [{ manager, operation: "Update", fieldsV1: { "f:spec": {} } }] });
  expect(findManagedBy({ metadata }, managers)).toBe(expected);
});

it("takes a namespace for Argo CD's where it is marked as of an application, not where it was made for one to live in", () => {
  const managers = [{ manager: "argocd-controller" }];
  expect(findManagedBy({ kind: "Namespace", metadata: {} }, managers)).toBeNull();
  expect(findManagedBy({ kind: "Namespace", metadata: { labels: INSTANCE } }, managers)).toBe("Argo CD");
});

it.each([undefined, null, [], [null], "argocd-controller"])("makes something harmless of %j", (managers) => {
  expect(findManagedBy({}, managers)).toBeNull();
});
