import { expect, test } from "vitest";
import { isNodeEntry, parseAwsAuth } from "./aws-auth";
import { toKubeObject } from "../kube-object";

const map = (data: object) =>
  toKubeObject({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "aws-auth", namespace: "kube-system" }, data }, () => "platform");

const ROLES = `- groups:
  - system:bootstrappers
  - system:nodes
  rolearn: arn:aws:iam::111122223333:role/node
  username: system:node:{{EC2PrivateDNSName}}
- rolearn: "arn:aws:iam::111122223333:role/admin" # the platform team
  username: admin
  groups:
    - system:masters
`;

test("reads roles and users with their groups", () => {
  const parsed = parseAwsAuth(map({ mapRoles: ROLES, mapUsers: "- userarn: arn:aws:iam::1:user/jane\n  groups: [dev, 'ops']\n" }));
  expect(parsed?.entries).toEqual([
    {
      field: "mapRoles",
      arn: "arn:aws:iam::111122223333:role/node",
      username: "system:node:{{EC2PrivateDNSName}}",
      groups: ["system:bootstrappers", "system:nodes"],
    },
    { field: "mapRoles", arn: "arn:aws:iam::111122223333:role/admin", username: "admin", groups: ["system:masters"] },
    { field: "mapUsers", arn: "arn:aws:iam::1:user/jane", username: "", groups: ["dev", "ops"] },
  ]);
  expect(parsed?.entries.map(isNodeEntry)).toEqual([true, false, false]);
});

test("a person who is let in as a node is no node", () => {
  const users = parseAwsAuth(map({ mapUsers: "- userarn: arn:aws:iam::1:user/jane\n  groups: [system:nodes]\n" }));
  expect(users?.entries.map(isNodeEntry)).toEqual([false]);
});

test("reads what a program wrote as JSON", () => {
  const parsed = parseAwsAuth(map({ mapRoles: '[{"rolearn":"arn:aws:iam::1:role/a","groups":["system:masters"]}]' }));
  expect(parsed?.entries).toEqual([{ field: "mapRoles", arn: "arn:aws:iam::1:role/a", username: "", groups: ["system:masters"] }]);
});

test("reads accounts, and empty lists", () => {
  expect(parseAwsAuth(map({ mapRoles: "[]\n", mapAccounts: '- "111122223333"\n' }))).toEqual({ entries: [], accounts: ["111122223333"] });
  expect(parseAwsAuth(map({}))).toEqual({ entries: [], accounts: [] });
});

test("reads any YAML: mappings in one line, anchors, lists over lines", () => {
  const groups = "- {rolearn: a, groups: &admins [system:masters]}\n- rolearn: b\n  groups: *admins\n- rolearn: c\n  groups: [\n      dev,\n      ops]\n";
  expect(parseAwsAuth(map({ mapRoles: groups }))?.entries).toEqual([
    { field: "mapRoles", arn: "a", username: "", groups: ["system:masters"] },
    { field: "mapRoles", arn: "b", username: "", groups: ["system:masters"] },
    { field: "mapRoles", arn: "c", username: "", groups: ["dev", "ops"] },
  ]);
});

test("reads an entry that takes its groups from another", () => {
  const merged = "- &a\n  rolearn: a\n  groups: [system:masters]\n- <<: *a\n  rolearn: b\n";
  expect(parseAwsAuth(map({ mapRoles: merged }))?.entries).toEqual([
    { field: "mapRoles", arn: "a", username: "", groups: ["system:masters"] },
    { field: "mapRoles", arn: "b", username: "", groups: ["system:masters"] },
  ]);
});

test.each(["{{ template }}\n", "- rolearn: [x", "- rolearn: a\n  groups: system:masters\n", "- a\n", "a: b\n"])("gives up on %j", (mapRoles) => {
  expect(parseAwsAuth(map({ mapRoles }))).toBeNull();
});
