import type { RatedRight } from "../../graph/rbac/capability-weakness";
import { findHeldRights } from "../../graph/rbac/held-right";
import { capabilityCheck, type RbacContext } from "../../graph/rbac/judge-capability";
import type { Grant } from "../../graph/rbac/principal";
import { CHANGE_VERBS } from "../../graph/rbac/rights-asks";
import { takeAway } from "../../graph/rbac/take-away";
import { awsAuthView } from "../../inventory/cloud/aws-auth";
import { type Distribution, platformView } from "../../inventory/cloud/cloud-provider";
import { type Context, defineView } from "../../inventory/view";
import { defineControl } from "../define";
import { rightLookFor } from "../right-look-for";

const CRITICAL_NAMES = new Set([
  "coredns",
  "coredns-custom",
  "kube-dns",
  "aws-auth",
  "kubeadm-config",
  "kubelet-config",
  "cilium-config",
  "calico-config",
  "kube-proxy",
  "kube-proxy-config",
  "amazon-vpc-cni",
  "antrea-config",
  "node-local-dns",
  // Aggregated API servers take from it whom to believe that a request comes from the API server.
  "extension-apiserver-authentication",
]);

/** What a distribution reads as soon as somebody makes it, and often is without. */
const READ_IF_MADE: Partial<Record<Distribution, string>> = { eks: "aws-auth", k3s: "coredns-custom" };

type Reads = RbacContext & Context<"configMaps" | "nodes">;

/** Whether the cluster would take its configuration from a ConfigMap that is not there yet. */
const canBeMadeView = defineView({
  reads: ["configMaps", "nodes"],
  compute: (context): boolean => {
    const { distribution } = context.view(platformView);
    const name = distribution === null ? undefined : READ_IF_MADE[distribution];
    return name !== undefined && !context.slices.configMaps.some(({ ref }) => ref.namespace === "kube-system" && ref.name === name);
  },
});

/** Where the cluster has aws-auth, who writes it makes any cloud identity an administrator: by its name, or with every other ConfigMap. */
function findConfigWrites(grants: readonly Grant[], context: Reads): readonly RatedRight[] {
  const hasAwsAuth = context.view(awsAuthView) !== undefined;
  const canBeMade = context.view(canBeMadeView);
  const reaching = grants.filter((grant) => grant.namespace === null || grant.namespace === "kube-system");
  const maps = findHeldRights(reaching, [{ verbs: CHANGE_VERBS, group: "", resources: ["configmaps"] }]);
  const rated = maps.flatMap((right): readonly RatedRight[] => {
    const { resourceNames } = right.grant.rule;
    if (right.isNamed && !resourceNames.some((name) => CRITICAL_NAMES.has(name))) return [];
    // A lock of one's own has to be made: that changes none that are there, and no name can limit it.
    if (right.ask.verb === "create") return [{ ...right, severity: canBeMade ? "high" : "low" }];
    return [{ ...right, severity: (right.isNamed ? resourceNames.includes("aws-auth") : hasAwsAuth) ? "critical" : "high" }];
  });
  const kinds = findHeldRights(
    grants.filter((grant) => grant.namespace === null),
    [
      { verbs: CHANGE_VERBS, group: "storage.k8s.io", resources: ["csidrivers"] },
      { verbs: CHANGE_VERBS, group: "node.k8s.io", resources: ["runtimeclasses"] },
      // Pods mount them as the authorities to believe.
      { verbs: CHANGE_VERBS, group: "certificates.k8s.io", resources: ["clustertrustbundles"] },
    ],
  );
  return [...rated, ...kinds.map((right): RatedRight => ({ ...right, severity: "medium" }))];
}

export default defineControl({
  id: "rbac-system-config-write",
  layer: "cluster",
  severity: "high",
  maxSeverity: "critical",
  title: "Few identities change the ConfigMaps that run the cluster",
  failure: "can change ConfigMaps that run the cluster",
  why: "ConfigMaps of kube-system configure DNS, the network and the kubelets; on EKS, aws-auth maps cloud roles to system:masters. ClusterTrustBundles say which authorities pods believe.",
  action: "Narrow rights on the ConfigMaps of kube-system",
  fix: "Give a Role in kube-system with `resourceNames` for the component's own ConfigMap.",
  verify: "kubectl auth can-i update configmaps -n kube-system --as=USER",
  lookFor: rightLookFor("Rights to change CSIDrivers, RuntimeClasses and ClusterTrustBundles count too."),
  tips: ["S3", "S1"],
  frameworks: { nsa: ["RB", "CP"], mitre: ["T1557", "T1098.006"], mstm: ["MS-TA9035"], owasp: ["K02"] },
  references: ["https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/"],
  subject: "principal",
  reads: ["roles", "bindings"],
  extraReads: ["configMaps", "nodes"],
  wholeCluster: "pass",
  subsumedBy: ["rbac-cluster-admin-equivalent"],
  check: capabilityCheck(findConfigWrites),
  remedy: takeAway,
});
