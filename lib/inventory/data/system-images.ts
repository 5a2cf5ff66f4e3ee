/** Where the components that belong in kube-system come from. A copy of them in a private registry is told by the end of its path. */
export const SYSTEM_IMAGES = {
  asOf: "2026-11-25",
  /** Repositories, by whole path segments. */
  prefixes: [
    "registry.k8s.io", "k8s.gcr.io", "gcr.io/k8s-staging-kubernetes", "gcr.io/google-containers", "gcr.io/google_containers",
    "gke.gcr.io", "gcr.io/gke-release", "mcr.microsoft.com/oss", "mcr.microsoft.com/aks", "mcr.microsoft.com/containernetworking", "mcr.microsoft.com/azuremonitor",
    "public.ecr.aws/eks", "public.ecr.aws/eks-distro", "public.ecr.aws/ebs-csi-driver", "public.ecr.aws/efs-csi-driver", "public.ecr.aws/karpenter",
    "docker.io/calico", "quay.io/calico", "quay.io/tigera", "quay.io/cilium", "docker.io/cilium", "docker.io/flannel", "ghcr.io/flannel-io", "quay.io/coreos",
    "docker.io/weaveworks", "docker.io/antrea", "ghcr.io/antrea-io", "docker.io/cloudnativelabs/kube-router", "ghcr.io/kube-vip", "docker.io/kindest",
    "docker.io/rancher", "docker.io/coredns", "quay.io/openshift-release-dev", "docker.io/digitalocean", "docker.io/hetznercloud", "ghcr.io/k3s-io",
    "gcr.io/k8s-minikube", "docker.io/openebs", "docker.io/kubernetesui",
  ],
  /** Amazon's registries are one per account and region. */
  patterns: ["^\\d{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?/(?:eks|amazon-k8s-cni|amazon|aws)(?:[/-]|$)"],
  /** Ends of repositories, for mirrors. */
  names: [
    "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy", "etcd", "coredns", "coredns/coredns", "pause", "metrics-server",
    "cluster-autoscaler", "cloud-controller-manager", "csi-node-driver-registrar", "csi-provisioner", "csi-attacher", "csi-snapshotter", "csi-resizer", "livenessprobe",
    "snapshot-controller", "cluster-proportional-autoscaler", "k8s-dns-node-cache", "addon-resizer",
  ],
} as const;
