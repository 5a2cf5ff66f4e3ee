import "server-only";
import { type CollectedKind, defineCollector, kindsOf } from "./define-collector";

const ADMIN_GROUP = "policy.networking.k8s.io";
const optional = { optional: true };

const CALICO_GROUP = "projectcalico.org";

// Where Calico's own API server is installed, it serves what is stored in the other group.
const CALICO: readonly CollectedKind[] = [CALICO_GROUP, `crd.${CALICO_GROUP}`].flatMap((group): CollectedKind[] => {
  const common = { group, ...(group === CALICO_GROUP ? { versions: ["v3"] } : { versions: ["v1"], copyOf: CALICO_GROUP }), optional: true };
  return [
    { ...common, resource: "networkpolicies", kind: "NetworkPolicy", sliceKind: "CalicoNetworkPolicy" },
    { ...common, resource: "globalnetworkpolicies", kind: "GlobalNetworkPolicy" },
    { ...common, resource: "tiers", kind: "Tier" },
    { ...common, resource: "networksets", kind: "NetworkSet" },
    { ...common, resource: "globalnetworksets", kind: "GlobalNetworkSet" },
    { ...common, resource: "hostendpoints", kind: "HostEndpoint" },
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
      "networking.k8s.aws",
      ["v1alpha1"],
      [
        ["clusternetworkpolicies", "ClusterNetworkPolicy"],
        ["applicationnetworkpolicies", "ApplicationNetworkPolicy"],
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
    ...kindsOf("networking.gke.io", ["v1", "v1alpha1"], [["fqdnnetworkpolicies", "FQDNNetworkPolicy"]], optional),
    ...kindsOf("cilium.io", ["v2", "v2alpha1"], [["ciliumcidrgroups", "CiliumCIDRGroup"]], optional),
    ...CALICO,
    ...kindsOf("k8s.ovn.org", ["v1"], [["egressfirewalls", "EgressFirewall"]], optional),
    ...kindsOf("network.openshift.io", ["v1"], [["egressnetworkpolicies", "EgressNetworkPolicy"]], optional),
    ...kindsOf("ingressnodefirewall.openshift.io", ["v1alpha1"], [["ingressnodefirewalls", "IngressNodeFirewall"]], optional),
    ...ANTREA,
  ],
});
