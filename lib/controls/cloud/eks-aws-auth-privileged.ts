import type { AwsAuth } from "../../inventory/cloud/aws-auth";
import type { KubeObject } from "../../inventory/kube-object";
import { toPart } from "../../model/clause-part";
import { awsAuthAnswer } from "../aws-auth-answer";
import { defineControl, type Outcome, type Weakness, weakness } from "../define";

const ABSENT: Outcome = { state: "pass", notes: [weakness("", undefined, "The ConfigMap aws-auth does not exist: access entries decide who may connect.")] };

function judge({ entries, accounts }: AwsAuth, { ref }: KubeObject): readonly Weakness[] {
  const found = entries.flatMap((entry): Weakness[] => {
    const path = `data.${entry.field}`;
    if (entry.groups.includes("system:masters"))
      return [weakness(path, entry.arn, `${entry.arn} is mapped to system:masters.`, { object: ref, check: toPart("aws-auth", "system:masters") })];
    // Access entries may not be named so, but the authenticator takes any name from the ConfigMap.
    if (entry.username.startsWith("eks:")) {
      const message = `${entry.arn} is mapped to ${entry.username}, a user of EKS itself, with all that EKS binds to it.`;
      return [weakness(path, entry.arn, message, { object: ref, check: toPart("aws-auth", "system:masters") })];
    }
    if (entry.field !== "mapUsers") return [];
    const message = `${entry.arn} is a user, whose keys do not expire, and not a role.`;
    return [weakness(path, entry.arn, message, { object: ref, severity: "low", check: toPart("aws-auth", "mapUsers") })];
  });
  if (accounts.length === 0) return found;
  const said = `Every identity of the ${accounts.length === 1 ? "account" : "accounts"} ${accounts.join(", ")} may sign in.`;
  return [...found, weakness("data.mapAccounts", accounts, said, { object: ref, severity: "medium", check: toPart("aws-auth", "mapAccounts") })];
}

export default defineControl({
  id: "eks-aws-auth-privileged",
  layer: "cloud",
  severity: "high",
  title: "The ConfigMap aws-auth maps no administrators, IAM users or whole accounts",
  failure: "maps administrators, IAM users or whole accounts in aws-auth",
  why: "An entry with system:masters makes a cloud role administrator of the cluster, outside all RBAC roles. Whoever may assume that role, or edit the ConfigMap, owns the cluster. Access keys of IAM users do not expire, and mapping an account lets in everybody in it.",
  action: "Remove administrators, users and accounts from aws-auth",
  fix: "Set the cluster's authentication mode to API_AND_CONFIG_MAP, which cannot be undone, make an EKS access entry with an access policy for each role that still needs access, and delete the mappings from aws-auth.",
  verify: "kubectl -n kube-system get configmap aws-auth -o yaml",
  lookFor: "The group `system:masters`, a username that begins with `eks:`, and any entry under `mapUsers` or `mapAccounts`.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.1", "5.1.7"], nsa: ["AU", "CL"], mitre: ["T1078.004"], owasp: ["K08", "K02"] },
  references: ["https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html", "https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html"],
  subject: "cluster",
  reads: ["nodes", "configMaps"],
  check: (_cluster, context) => awsAuthAnswer(context, ABSENT, judge),
  remedy: null,
});
