import { findCloudIdentity } from "../../inventory/cloud/cloud-identity";
import type { KubeObject } from "../../inventory/kube-object";
import { joinWords } from "../../model/join-words";
import { defineControl, safe, unknown, weakness } from "../define";
import { remove } from "../remedies/ops";

export default defineControl({
  id: "cloud-default-sa-cloud-role",
  layer: "cloud",
  severity: "high",
  title: "Cloud identities belong to dedicated service accounts",
  failure: "gives its cloud identity to any pod of its namespace, or to several workloads",
  why: "Every pod that names no service account runs as the default one, and so gets its cloud role. A role that several workloads share has the rights of all of them, and the weakest one gives them away.",
  action: "Give cloud roles to dedicated service accounts",
  fix: "Create one service account per workload, let the role trust it (its trust policy, IAM binding or federated credential names the account), move the role's annotation to it, and name that account in `serviceAccountName` of the pod template.",
  verify:
    "kubectl get serviceaccount NAME -n NAMESPACE -o jsonpath='{.metadata.annotations}{\"\\n\"}'; kubectl get pods -n NAMESPACE -o custom-columns='POD:.metadata.name,ACCOUNT:.spec.serviceAccountName'",
  lookFor: "A cloud role in the annotations fails where the account is `default`, or where pods of several workloads have it under ACCOUNT.",
  tips: ["S3"],
  frameworks: { nsa: ["CL"], mitre: ["T1078.004", "T1528"], mstm: ["MS-TA9020"], owasp: ["K08"] },
  references: [
    "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
    "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
  ],
  aliases: ["cloud-identity-broad"],
  subject: "service-account",
  reads: ["workloads"],
  check: (account: KubeObject, { slices, isComplete }) => {
    const identity = findCloudIdentity(account);
    if (!identity) return safe("No cloud identity is attached to the account.");
    if (account.ref.name === "default")
      return [weakness(identity.path, identity.value, "Every pod of the namespace that names no account gets this cloud identity.")];
    const users = slices.workloads.filter(
      (item) => item.ref.namespace === account.ref.namespace && item.serviceAccountNames.includes(account.ref.name) && !item.isFinished,
    );
    if (users.length < 2) return isComplete ? [] : unknown("Which other workloads use this account is not among these manifests.");
    return [
      weakness(
        identity.path,
        identity.value,
        `${users.length} workloads share it: ${joinWords(
          users.map((item) => item.ref.name),
          5,
        )}.`,
        { severity: "medium" },
      ),
    ];
  },
  remedy: (account, weaknesses) =>
    account.ref.name === "default"
      ? {
          ops: weaknesses.map((item) => remove(item.path)),
          risk: "may-break",
          note: "Give the workload that needs the role a service account of its own, with this annotation, first.",
        }
      : null,
});
