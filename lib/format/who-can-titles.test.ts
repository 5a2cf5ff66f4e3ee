import { expect, it } from "vitest";
import { groupWords, subjectTitle, whoCanPhrase, whoCanTitle } from "./who-can-titles";

const secrets = { verb: "get,list,watch", resource: "secrets", namespace: "payments", name: null };
const account = { kind: "ServiceAccount", namespace: "payments", name: "api" } as const;

it("states how many can, at none, one and many", () => {
  expect([0, 1, 12].map((count) => whoCanTitle(count, secrets))).toEqual([
    "Nobody can read Secrets in payments",
    "1 identity can read Secrets in payments",
    "12 identities can read Secrets in payments",
  ]);
  expect(whoCanTitle(1200, { ...secrets, namespace: null })).toBe("1,200 identities can read Secrets in the whole cluster");
});

it("spells out what is no preset", () => {
  expect(whoCanPhrase({ verb: "update,patch,delete", resource: "deployments.apps", namespace: "shop", name: "cart" })).toBe(
    "update, patch or delete deployments.apps called cart in shop",
  );
  expect(whoCanPhrase({ verb: "get,list", resource: "pods,pods/log", namespace: null, name: null })).toBe("get or list pods or pods/log in the whole cluster");
});

it("says what a subject holds, at none, one and many", () => {
  expect([subjectTitle(account, 0, 6), subjectTitle(account, 1, 3), subjectTitle({ kind: "Group", namespace: null, name: "ops" }, 14, 1)]).toEqual([
    "Service account payments/api has no rights",
    "Service account payments/api has 1 rule and can take over a namespace",
    "Group ops has 14 rules and can take over the cluster",
  ]);
});

it("says who is in the groups that Kubernetes fills", () => {
  expect([
    groupWords("system:serviceaccounts", 40),
    groupWords("system:serviceaccounts:shop", 1),
    groupWords("system:serviceaccounts:gone", 0),
    groupWords("oncall", null),
  ]).toEqual(["all 40 service accounts in the cluster", "the one service account in shop", "no service account in gone", null]);
});
