import type { Distribution } from "../cloud/cloud-provider";

/** When what providers install was last looked up: manifests of K3s, RKE2 and the addons of Google Cloud, the guides of EKS and AKS, listings of clusters. */
export const PROVIDER_RBAC_AS_OF = "2026-12-01";

/**
 * A binding, its role, and all that it may name, each as `ClusterRoleBinding NAME`, `RoleBinding NAMESPACE/NAME`, `ClusterRole NAME`, `Role NAMESPACE/NAME` and
 * `toSubjectText` have it; a trailing `*` is a prefix. Users are those that only the provider has keys for, accounts those of its namespaces: who gets more by
 * a role that somebody changed is the provider. Groups that others are in too stand here for roles alone whose rules are known. A prefix stands only where
 * nobody else can be what it names.
 */
export type ProviderBinding = readonly [binding: string, role: string, ...subjects: readonly string[]];

/** A binding of the cluster to a role of its own. */
const same = (name: string, ...subjects: readonly string[]): ProviderBinding => [`ClusterRoleBinding ${name}`, `ClusterRole ${name}`, ...subjects];

const bound = (name: string, role: string, ...subjects: readonly string[]): ProviderBinding => [
  `ClusterRoleBinding ${name}`,
  `ClusterRole ${role}`,
  ...subjects,
];

const system = (name: string): string => `ServiceAccount kube-system/${name}`;

/** The binding that the controller of charts makes, for the job that installs one. */
const chart = (name: string): ProviderBinding => bound(`helm-kube-system-${name}`, "cluster-admin", system(`helm-${name}`));

/** No access entry may have a username that begins so. Whom the ConfigMap aws-auth gives one all the same, the control of it tells (eks-aws-auth-privileged). */
const EKS_USERS = "User eks:*";

const METRICS_SERVER = bound("metrics-server:system:auth-delegator", "system:auth-delegator", system("metrics-server"));
const KUBELET_ADMIN = bound("kube-apiserver-kubelet-admin", "system:kubelet-api-admin", "User kube-apiserver");

const cloudController = (name: string): readonly ProviderBinding[] => [
  same(name, `User ${name}`),
  bound(`${name}-auth-delegator`, "system:auth-delegator", `User ${name}`),
  [`RoleBinding kube-system/${name}-authentication-reader`, "Role kube-system/extension-apiserver-authentication-reader", `User ${name}`],
];

export const PROVIDER_BINDINGS: Readonly<Partial<Record<Distribution, readonly ProviderBinding[]>>> = {
  eks: [
    same("eks:*", EKS_USERS),
    ["RoleBinding kube-system/eks:*", "Role kube-system/eks:*", EKS_USERS],
    [
      "RoleBinding kube-system/eks:cloud-controller-manager:apiserver-authentication-reader",
      "Role kube-system/extension-apiserver-authentication-reader",
      EKS_USERS,
    ],
    bound("eks:addon-cluster-admin", "cluster-admin", "User eks:addon-manager"),
    bound("eks:certificate-controller", "system:controller:certificate-controller", "User eks:certificate-controller"),
    bound("eks:kube-proxy", "system:node-proxier", system("kube-proxy")),
    bound("eks:kube-proxy-windows", "system:node-proxier", "Group eks:kube-proxy-windows"),
    bound("eks:kube-proxy-fargate", "system:node-proxier", "Group system:node-proxier"),
    same("aws-node", system("aws-node")),
    bound("vpc-resource-controller-rolebinding", "vpc-resource-controller-role", system("eks-vpc-resource-controller"), "User eks:vpc-resource-controller"),
    [
      "RoleBinding kube-system/eks-vpc-resource-controller-rolebinding",
      "Role kube-system/eks-vpc-resource-controller-role",
      system("eks-vpc-resource-controller"),
      "User eks:vpc-resource-controller",
    ],
  ],
  aks: [
    // The certificates of its local accounts, which no command of kubectl makes or takes away.
    bound("aks-cluster-admin-binding", "cluster-admin", "User clusterAdmin", "User clusterUser"),
    bound("aks-service-rolebinding", "aks-service", "User aks-support"),
    bound("system:aks-client-nodes", "system:node", "Group system:nodes"),
    same("system:azure-cloud-provider", system("azure-cloud-provider")),
    same("system:azure-cloud-provider-secret-getter", system("azure-cloud-provider")),
    same("cloud-node-manager", system("cloud-node-manager")),
    bound("csi-azuredisk-node-binding", "csi-azuredisk-node-role", system("csi-azuredisk-node-sa")),
    bound("csi-azurefile-node-secret-binding", "csi-azurefile-node-secret-role", system("csi-azurefile-node-sa")),
    bound("system:persistent-volume-binding", "system:persistent-volume-secret-operator", system("persistent-volume-binder")),
    METRICS_SERVER,
  ],
  gke: [
    same("cluster-autoscaler", "User cluster-autoscaler", "User system:cluster-autoscaler"),
    bound("cluster-autoscaler-updateinfo", "read-updateinfo", "User cluster-autoscaler"),
    bound("ca-cr", "ca-cr-actor", "User system:cluster-autoscaler"),
    bound("ca-pr-beta", "ca-pr-beta-actor", "User system:cluster-autoscaler"),
    bound("event-exporter-rb", "view", system("event-exporter-sa")),
    same("gce:cloud-provider", system("cloud-provider")),
    same("gce:beta:kubelet-certificate-bootstrap", "User kubelet", "User kubelet-bootstrap", "User kubelet-nodepool-bootstrap"),
    bound("kube-apiserver-kubelet-api-admin", "kubelet-api-admin", "User kube-apiserver"),
    bound("kubelet-bootstrap", "system:node-bootstrapper", "User kubelet", "User kubelet-bootstrap"),
    bound("kubelet-bootstrap-certificate-bootstrap", "gce:beta:kubelet-certificate-bootstrap", "User kubelet", "User kubelet-bootstrap"),
    bound("kubelet-bootstrap-node-bootstrapper", "system:node-bootstrapper", "User kubelet", "User kubelet-bootstrap"),
    bound("kubelet-nodepool-bootstrapper", "system:node-bootstrapper", "User kubelet-nodepool-bootstrap"),
    bound("kubelet-cluster-admin", "system:node", "User kubelet"),
    bound("kubelet-user-npd-binding", "system:node-problem-detector", "User kubelet"),
    bound("npd-binding", "system:node-problem-detector", system("node-problem-detector"), "User system:node-problem-detector"),
    bound("maintenance-controller", "system:maintenance-controller-cluster-role", "User system:maintenance-controller"),
    bound("master-monitoring-role-binding", "system:master-monitoring-role", "User system:master-prom-to-sd-monitor"),
    bound("pdcsi-controller-attacher-binding", "pdcsi-attacher-role", "User system:pdcsi-controller"),
    bound("pdcsi-controller-provisioner-binding", "pdcsi-provisioner-role", "User system:pdcsi-controller"),
    bound("pdcsi-controller-resizer-binding", "pdcsi-resizer-role", "User system:pdcsi-controller"),
    bound("pdcsi-snapshotter-binding", "pdcsi-snapshotter-role", "User system:pdcsi-controller"),
    bound("snapshot-controller-role", "snapshot-controller-runner", "User system:snapshot-controller"),
    bound("storage-version-migration-migrator-v2", "cluster-admin", "User system:storageversionmigrator"),
    same("system:cloud-controller-manager", "User system:cloud-controller-manager"),
    same("system:clustermetrics", "User system:clustermetrics"),
    ["RoleBinding kube-system/system:controller:glbc", "Role kube-system/system:controller:glbc", "User system:controller:glbc"],
    same("system:gcp-controller-manager", "User system:gcp-controller-manager"),
    same("system:gke-common-webhooks", "User system:gke-common-webhooks"),
    same("system:gke-controller", "User system:vpa-recommender"),
    same("system:gke-hpa-actor", "User system:vpa-recommender"),
    same("system:gke-hpa-service-reader", "User system:vpa-recommender"),
    same("system:gke-uas-collection-reader", "User system:vpa-recommender"),
    same("system:gke-uas-metrics-reader", "User system:vpa-recommender"),
    bound("system:gke-uas-hpa-controller", "system:controller:horizontal-pod-autoscaler", "User system:vpa-recommender"),
    bound("uas-hpa-external-metrics-reader", "external-metrics-reader", "User system:vpa-recommender"),
    same(
      "system:glbc-status",
      "User system:controller:glbc",
      "User system:l4-lb-controller",
      "User system:l7-lb-controller",
      "User system:l7-lb-controller-neg",
    ),
    bound("system:konnectivity-server", "system:auth-delegator", "User system:konnectivity-server"),
    bound("system:kube-proxy", "system:node-proxier", system("kube-proxy"), "User system:kube-proxy"),
    same("system:kubestore-collector", "User system:kubestore-collector"),
    same("system:managed-certificate-controller", "User system:managed-certificate-controller"),
    same("system:resource-tracker", "User system:resource-tracker"),
    METRICS_SERVER,
  ],
  k3s: [
    ...cloudController("k3s-cloud-controller-manager"),
    KUBELET_ADMIN,
    same("system:k3s-controller", "User system:k3s-controller"),
    same("clustercidrs-node", "Group system:nodes"),
    bound("local-path-provisioner-bind", "local-path-provisioner-role", system("local-path-provisioner-service-account")),
    same("system:coredns", system("coredns")),
    same("system:metrics-server", system("metrics-server")),
    same("traefik-kube-system", system("traefik")),
    ...["traefik", "traefik-crd"].map(chart),
    METRICS_SERVER,
  ],
  rke2: [
    ...cloudController("rke2-cloud-controller-manager"),
    KUBELET_ADMIN,
    same("system:rke2-controller", "User system:rke2-controller"),
    same("system:kube-proxy", "User system:kube-proxy"),
    ...[
      "rke2-calico",
      "rke2-calico-crd",
      "rke2-canal",
      "rke2-cilium",
      "rke2-coredns",
      "rke2-flannel",
      "rke2-ingress-nginx",
      "rke2-metrics-server",
      "rke2-multus",
      "rke2-runtimeclasses",
      "rke2-snapshot-controller",
      "rke2-snapshot-controller-crd",
      "rke2-snapshot-validation-webhook",
      "rke2-traefik",
      "rke2-traefik-crd",
    ].map(chart),
  ],
};

/** What the agent of cloud controllers of K3s and RKE2 was given, in all versions together. */
const CLOUD_CONTROLLER: readonly string[] = [
  "90700931fe0fea870c25d6b5",
  "c2afc487a9f1a3293833e689",
  "efc84418ac48422943374469",
  "bc5719fd672a49d65641486d",
  "385a0a4b9aedef4b12ee3850",
  "00321940656eaf1668413741",
  "d7c9508247d1818d6c1e25cf",
  "962a17f28e08e645ef57c88a",
  "d17b9f77786615e1229d9a98",
  "4fae36e7d6ce1369d60fdb40",
  "0e2e2840a70089aa2a84dda1",
  "eafb0051d201cdf12744bdc6",
  "3ccb9cc39664ef82c8505ba0",
  "6880b928199629ccb5d198b0",
];

/** By the name of a role, the digests of its rules, each digested alone (rule-digest): of those roles whose manifests are public, and which name a wildcard or are for groups. */
export const PROVIDER_ROLE_RULES: Readonly<Partial<Record<Distribution, Readonly<Record<string, readonly string[]>>>>> = {
  gke: { "ClusterRole kubelet-api-admin": ["db9f53d50ce6bba48cf44af5"] },
  k3s: { "ClusterRole k3s-cloud-controller-manager": CLOUD_CONTROLLER, "ClusterRole clustercidrs-node": ["afb5335a7f5a099d55f11365"] },
  rke2: { "ClusterRole rke2-cloud-controller-manager": CLOUD_CONTROLLER },
};
