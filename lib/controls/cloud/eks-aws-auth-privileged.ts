import { awsAuthView, parseAwsAuth } from "../../inventory/aws-auth";
import { platformView } from "../../inventory/cloud-provider";
import { outsideCloud } from "../../inventory/outside-cloud";
import { defineControl, notApplicable, type Outcome, safe, unknown, type Weakness, weakness } from "../define";

export default defineControl({
  id: "eks-aws-auth-privileged",
  layer: "cloud",
  severity: "high",
  title: "The ConfigMap aws-auth maps no administrators, IAM users or whole accounts",
  failure: "maps administrators, IAM users or whole accounts in aws-auth",
  why: "An entry with system:masters makes a cloud role administrator of the cluster, outside all RBAC roles. Whoever may assume that role, or edit the ConfigMap, owns the cluster. Access keys of IAM users do not expire, and mapping an account lets in everybody in it.",
  action: "Remove administrators, users and accounts from aws-auth",
  fix: "Set the cluster's authentication mode to API_AND_CONFIG_MAP, make an EKS access entry with an access policy for it, and delete the mapping from aws-auth.",
  verify: "kubectl -n kube-system get configmap aws-auth -o yaml",
  lookFor: "The group `system:masters`, and any entry under `mapUsers` or `mapAccounts`.",
  tips: ["S3"],
  frameworks: { cis: ["5.1.1", "5.1.7"], nsa: ["AU", "CL"], mitre: ["T1078.004"], owasp: ["K08", "K02"] },
  references: ["https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html", "https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html"],
  subject: "cluster",
  reads: ["nodes", "configMaps"],
  check: (_cluster, context): Outcome => {
    const platform = context.view(platformView);
    const map = context.view(awsAuthView);
    if (platform.distribution !== "eks" && !map)
      return context.isComplete ? safe("There is no ConfigMap aws-auth.") : (outsideCloud(platform) ?? notApplicable("The cluster is not run by Amazon EKS."));
    if (!map)
      return context.isComplete
        ? { state: "pass", notes: [weakness("", undefined, "The ConfigMap aws-auth does not exist: access entries decide who may connect.")] }
        : unknown("These manifests do not hold the ConfigMap aws-auth.");
    const parsed = parseAwsAuth(map);
    if (!parsed) return unknown("The ConfigMap aws-auth could not be read.");
    const object = { object: map.ref };
    const found = parsed.entries.flatMap((entry): Weakness[] => {
      const path = `data.${entry.field}`;
      if (entry.groups.includes("system:masters")) return [weakness(path, entry.arn, `${entry.arn} is mapped to system:masters.`, object)];
      return entry.field === "mapUsers"
        ? [weakness(path, entry.arn, `${entry.arn} is a user, whose keys do not expire, and not a role.`, { ...object, severity: "low" })]
        : [];
    });
    if (parsed.accounts.length > 0)
      found.push(
        weakness(
          "data.mapAccounts",
          parsed.accounts,
          `Every identity of the ${parsed.accounts.length === 1 ? "account" : "accounts"} ${parsed.accounts.join(", ")} may sign in.`,
          { ...object, severity: "medium" },
        ),
      );
    return found;
  },
  remedy: null,
});
