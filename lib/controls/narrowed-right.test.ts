import { expect, test } from "vitest";
import { judge } from "../engine/judge";
import { everywhere, inShop, rule } from "../graph/rbac/testing";
import { clusterRole, clusterRoleBinding } from "../inventory/testing";
import type { JsonRecord } from "../model/json";
import { type Severity, severityRank } from "../model/severity";
import { NARROWED_RIGHT } from "./narrowed-right";
import { findControl, listControls } from "./registry";
import { toInventory } from "./testing";

const CERTIFICATES = "certificates.k8s.io";
const RBAC = "rbac.authorization.k8s.io";
const WEBHOOKS = ["admissionregistration.k8s.io", ["validatingwebhookconfigurations"], ["update"]] as const;
const binder = (names?: readonly string[]) => [
  clusterRole({ rules: [rule(RBAC, ["clusterroles"], ["bind"], names), rule(RBAC, ["clusterrolebindings"], ["create"])] }),
  clusterRoleBinding(),
];

/** A right, and the same as the advice has it narrowed. */
const NARROWED: Readonly<Record<string, readonly [wide: readonly JsonRecord[], narrow: readonly JsonRecord[]]>> = {
  "rbac-admission-write": [everywhere(...WEBHOOKS), everywhere(...WEBHOOKS, ["own"])],
  "rbac-bind": [binder(), binder(["own"])],
  "rbac-impersonate": [everywhere("", ["users"], ["impersonate"]), everywhere("", ["users"], ["impersonate"], ["ada"])],
  "rbac-secrets-read": [everywhere("", ["secrets"], ["get"]), everywhere("", ["secrets"], ["get"], ["own"])],
  "rbac-secrets-write": [everywhere("", ["secrets"], ["update"]), everywhere("", ["secrets"], ["update"], ["own"])],
  "rbac-token-request": [everywhere("", ["serviceaccounts/token"], ["create"]), everywhere("", ["serviceaccounts/token"], ["create"], ["own"])],
  "rbac-workload-write": [everywhere("apps", ["deployments"], ["create"]), inShop("apps", ["deployments"], ["create"])],
};

function severityOf(id: string, objects: readonly JsonRecord[]): Severity | undefined {
  const controls = listControls().filter((control) => control.id === id);
  return [...judge(toInventory({ name: id, objects }, objects), controls)].find(({ state }) => state === "fail")?.severity;
}

test("what is said of every narrowed right is tried", () => {
  const saying = listControls().filter(({ fix }) => fix.includes(NARROWED_RIGHT));
  expect(saying.map(({ id }) => id).sort()).toEqual(Object.keys(NARROWED));
});

test.each(Object.entries(NARROWED))("a right of %s that is narrowed stays a finding, and a less severe one", (id, rights) => {
  const [wide = -1, narrow = -1] = rights.map((objects) => {
    const severity = severityOf(id, objects);
    return severity && severityRank(severity);
  });
  expect(wide).toBeGreaterThanOrEqual(0);
  expect(narrow).toBeGreaterThan(wide);
});

test("a right to Services is as severe in one namespace, and one to sign for cert-manager none: both controls say so", () => {
  expect([inShop, everywhere].map((where) => severityOf("rbac-network-write", where("", ["services"], ["update"])))).toEqual(["medium", "medium"]);
  expect(findControl("rbac-network-write")?.fix).toMatch(/on Services and routes as severe as before\.$/);
  const signers = (names?: readonly string[]) => [
    clusterRole({ rules: [rule(CERTIFICATES, ["signers"], ["approve"], names), rule(CERTIFICATES, ["certificatesigningrequests/approval"], ["update"])] }),
    clusterRoleBinding(),
  ];
  const named = [undefined, ["kubernetes.io/kubelet-serving"], ["issuers.cert-manager.io/*"]];
  expect(named.map((names) => severityOf("rbac-csr-approve", signers(names)))).toEqual(["high", "low", undefined]);
  expect(findControl("rbac-csr-approve")?.fix).toMatch(/for those of other programs, such as cert-manager, it is none\.$/);
});
