import { isNodeEntry } from "../../inventory/cloud/aws-auth";
import { awsAuthAnswer } from "../aws-auth-answer";
import { defineControl, weakness } from "../define";

export default defineControl({
  id: "eks-aws-auth-in-use",
  layer: "cloud",
  severity: "low",
  title: "People reach the cluster through EKS access entries",
  failure: "still lets people in through the ConfigMap aws-auth",
  why: "AWS has deprecated this ConfigMap in favour of access entries: a typing error in it can lock everybody out, and changes to it do not appear in the cloud's own log.",
  action: "Move people from aws-auth to EKS access entries",
  fix: "Set the cluster's authentication mode to API_AND_CONFIG_MAP, which cannot be undone, make an access entry for each role that is still mapped, then delete its mapping from aws-auth.",
  verify: "kubectl -n kube-system get configmap aws-auth -o yaml",
  lookFor: "Every entry counts, except those for nodes, which have the groups `system:bootstrappers` and `system:nodes`.",
  tips: ["S3"],
  frameworks: { nsa: ["AU"], owasp: ["K09"] },
  references: ["https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html"],
  subject: "cluster",
  reads: ["nodes", "configMaps"],
  check: (_cluster, context) =>
    awsAuthAnswer(context, [], ({ entries, accounts }, { ref: object }) => [
      ...entries
        .filter((entry) => !isNodeEntry(entry))
        .map((entry) => weakness(`data.${entry.field}`, entry.arn, `${entry.arn} is mapped to ${entry.groups.join(", ") || "no group"}.`, { object })),
      ...accounts.map((account) => weakness("data.mapAccounts", account, `Every identity of the account ${account} may sign in.`, { object })),
    ]),
  remedy: null,
});
