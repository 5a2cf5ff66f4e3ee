import type { KnownWeakness } from "./known-weakness";

const LOOSE = ["privilege-escalation-allowed", "run-as-non-root", "capabilities-not-dropped", "seccomp-not-set", "root-fs-writable"];
const LATEST = ["image-tag-mutable", "image-not-digest-pinned"];

/** The scenarios of the training cluster that objects of the API can show, in our own words. */
export const GOAT_WEAKNESSES: readonly KnownWeakness[] = [
  // A debugging tool with the whole node in its hands, and a key in its environment.
  {
    object: "Deployment default/system-monitor-deployment",
    found: ["container-privileged", "host-pid", "host-ipc", "hostpath-volume", "hostpath-sensitive", "secret-env-ref", "pss-baseline"],
  },
  // A page that starts containers through the socket of the runtime.
  {
    object: "Deployment default/health-check-deployment",
    found: ["container-privileged", "runtime-socket-mount", "hostpath-volume", "pss-baseline", ...LOOSE],
  },
  // A benchmark that looks at the node from inside.
  {
    object: "DaemonSet default/docker-bench-security",
    found: [
      "container-privileged",
      "host-network",
      "host-pid",
      "host-ipc",
      "runtime-socket-mount",
      "hostpath-sensitive",
      "run-as-root-uid",
      "capabilities-beyond-baseline",
    ],
  },
  { object: "Job default/kube-bench-master", found: ["host-pid", "hostpath-sensitive", "hostpath-volume", ...LATEST] },
  { object: "Job default/kube-bench-node", found: ["host-pid", "hostpath-sensitive", "hostpath-volume", ...LATEST] },
  // Jobs with something hidden in their images: the spec is merely loose.
  { object: "Job default/batch-check-job", found: ["resource-limits-missing", ...LOOSE, ...LATEST], met: ["pss-baseline"] },
  { object: "Job default/hidden-in-layers", found: ["resource-limits-missing", ...LOOSE, ...LATEST], met: ["pss-baseline"] },
  // Everything runs in the default namespace, as its default account, with a token in reach.
  {
    object: "Deployment default/kubernetes-goat-home-deployment",
    found: ["default-sa-in-use", "sa-token-automounted", "pss-restricted", "netpol-ingress-open", "netpol-egress-open", ...LOOSE, ...LATEST],
    met: ["pss-baseline", "container-privileged"],
  },
  { object: "Deployment default/poor-registry-deployment", found: ["pss-restricted", "netpol-ingress-open", ...LOOSE] },
  { object: "Deployment default/build-code-deployment", found: ["pss-restricted", "netpol-ingress-open", ...LOOSE] },
  // An internal service that is one port of a node away, and a proxy that reaches it.
  { object: "Service default/internal-proxy-info-app-service", found: ["service-nodeport"] },
  { object: "Deployment default/internal-proxy-deployment", found: ["netpol-ingress-open", "netpol-egress-open", ...LOOSE] },
  // A cache without a password that any namespace reaches.
  { object: "Deployment secure-middleware/cache-store-deployment", found: ["netpol-ingress-open", ...LOOSE] },
  { object: "Namespace secure-middleware", found: ["netpol-default-deny-ingress", "netpol-default-deny-egress", "psa-enforce-missing"] },
  { object: "Namespace default", found: ["default-namespace-used", "netpol-default-deny-ingress", "resourcequota-missing", "limitrange-missing"] },
  // A memory eater, whose account also reads every Secret of its namespace.
  { object: "Deployment big-monolith/hunger-check-deployment", found: ["resource-limits-missing", "sa-token-automounted", ...LOOSE] },
  { object: "ServiceAccount big-monolith/big-monolith-sa", found: ["rbac-secrets-read"], met: ["rbac-cluster-admin-equivalent"] },
  { object: "Role big-monolith/secret-reader", found: ["rbac-wildcard-rule"] },
  { object: "ClusterRole all-your-base", found: ["rbac-wildcard-rule"] },
  // The account of an old package manager that may do anything.
  { object: "ClusterRoleBinding superadmin", found: ["rbac-cluster-admin-binding"] },
];
