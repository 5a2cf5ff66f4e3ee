import "server-only";
import { type CollectedKind, defineCollector, kindsOf } from "./define-collector";

const ADMIN_GROUP = "policy.networking.k8s.io";
const optional = { optional: true };

// Calico serves the same objects twice where its API server is installed; the group that people use comes first.
const CALICO: readonly CollectedKind[] = ["projectcalico.org", "crd.projectcalico.org"].flatMap((group): CollectedKind[] => {
  const versions = [group === "projectcalico.org" ? "v3" : "v1"];
  return [
    { group, versions, resource: "networkpolicies", kind: "NetworkPolicy", sliceKind: "CalicoNetworkPolicy", optional: true },
    { group, versions, resource: "globalnetworkpolicies", kind: "GlobalNetworkPolicy", optional: true },
    { group, versions, resource: "tiers", kind: "Tier", optional: true },
    { group, versions, resource: "networksets", kind: "NetworkSet", optional: true },
    { group, versions, resource: "globalnetworksets", kind: "GlobalNetworkSet", optional: true },
  ];
});

// What these mean is not read: they tell where the answer is not known.
const ANTREA: readonly CollectedKind[] = (
  [
    ["networkpolicies", "NetworkPolicy"],
    ["clusternetworkpolicies", "ClusterNetworkPolicy"],
  ] as const
).map(([resource, kind]) => ({ group: "crd.antrea.io", versions: ["v1beta1"], resource, kind, sliceKind: `Antrea${kind}`, optional: true }));

/** Network policies that are not the built-in kind. */
export const otherNetworkPoliciesCollector = defineCollector({
  id: "other-network-policies",
  kinds: [
    ...kindsOf(ADMIN_GROUP, ["v1beta1", "v1alpha2", "v1alpha1"], [["clusternetworkpolicies", "ClusterNetworkPolicy"]], optional),
    ...kindsOf(
      ADMIN_GROUP,
      ["v1alpha1"],
      [
        ["adminnetworkpolicies", "AdminNetworkPolicy"],
        ["baselineadminnetworkpolicies", "BaselineAdminNetworkPolicy"],
      ],
      optional,
    ),
    ...kindsOf(
      "cilium.io",
      ["v2"],
      [
        ["ciliumnetworkpolicies", "CiliumNetworkPolicy"],
        ["ciliumclusterwidenetworkpolicies", "CiliumClusterwideNetworkPolicy"],
      ],
      optional,
    ),
    ...CALICO,
    ...kindsOf("k8s.ovn.org", ["v1"], [["egressfirewalls", "EgressFirewall"]], optional),
    ...kindsOf("network.openshift.io", ["v1"], [["egressnetworkpolicies", "EgressNetworkPolicy"]], optional),
    ...ANTREA,
  ],
});
