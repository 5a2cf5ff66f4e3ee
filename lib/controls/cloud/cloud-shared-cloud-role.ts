import { findCloudIdentity } from "../../inventory/cloud/cloud-identity";
import { resourceKey } from "../../model/resource-ref";
import { joinWords } from "../../model/join-words";
import { defineControl, safe, weakness } from "../define";

export default defineControl({
  id: "cloud-shared-cloud-role",
  layer: "cloud",
  severity: "low",
  title: "Each application has a cloud role of its own",
  failure: "shares its cloud role with another service account",
  why: "A role that several applications share collects the rights of all of them, and the cloud's log cannot tell which application did what.",
  action: "Make one cloud role per application",
  fix: "Make one cloud role per application, with only the rights that it needs.",
  verify:
    'kubectl get serviceaccounts -A -o json | jq -r \'.items[].metadata | . as $m | (.annotations // {})["eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id"] | select(.) | [., $m.namespace, $m.name] | @tsv\' | sort',
  lookFor: "A role that stands beside accounts of more than one name is shared by them; one name in several namespaces is taken for one application.",
  tips: ["S3"],
  frameworks: { nsa: ["CL"], mitre: ["T1078.004"], owasp: ["K08"] },
  references: ["https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html"],
  subject: "service-account",
  reads: ["serviceAccounts"],
  wholeCluster: "pass",
  check: (account, { slices }) => {
    const identity = findCloudIdentity(account);
    if (!identity) return safe("No cloud identity is attached to the account.");
    const others = slices.serviceAccounts.filter(
      (item) => item.ref.name !== account.ref.name && resourceKey(item.ref) !== resourceKey(account.ref) && findCloudIdentity(item)?.value === identity.value,
    );
    if (others.length === 0) return [];
    return [
      weakness(
        identity.path,
        identity.value,
        `It is shared with ${joinWords(
          others.map((item) => `${item.ref.namespace}/${item.ref.name}`),
          5,
        )}.`,
      ),
    ];
  },
  remedy: null,
});
