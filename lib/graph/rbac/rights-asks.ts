import type { KubeVersion } from "../../inventory/inventory";
import type { RightsAsk } from "./held-right";
import { POD_MAKERS } from "./pod-makers";

const RBAC = "rbac.authorization.k8s.io";
const ADMISSION = "admissionregistration.k8s.io";
const CERTIFICATES = "certificates.k8s.io";

export const WRITE_VERBS = ["create", "update", "patch"] as const;
/** What can also take an object away, or all of them at once. */
export const CHANGE_VERBS = [...WRITE_VERBS, "delete", "deletecollection"] as const;

/** The first minor version that asks for `create` where a websocket opens a shell (feature gate AuthorizePodWebsocketUpgradeCreatePermission). */
const CREATE_FROM_MINOR = 35;

/** Whether `get` alone opens a shell, or a port, in a pod: a websocket begins with a GET. Of an unknown version it may. */
export function isGetEnough(version: KubeVersion | null): boolean {
  return version === null || (version.major === 1 && version.minor < CREATE_FROM_MINOR);
}

/** Policies of engines that rewrite what is sent, pods included. */
export const MUTATING_POLICIES = [
  { verbs: WRITE_VERBS, group: "kyverno.io", resources: ["clusterpolicies"] },
  { verbs: WRITE_VERBS, group: "policies.kyverno.io", resources: ["mutatingpolicies"] },
  { verbs: WRITE_VERBS, group: "mutations.gatekeeper.sh", resources: ["assign", "assignimage", "modifyset"] },
  { verbs: WRITE_VERBS, group: "policies.kubewarden.io", resources: ["clusteradmissionpolicies"] },
  { verbs: WRITE_VERBS, group: "apps.kruise.io", resources: ["sidecarsets"] },
] as const satisfies readonly RightsAsk[];

/** What the capabilities come down to. */
export const ASKS = {
  everything: [{ verbs: ["*"], group: "*", resources: ["*"] }],
  escalate: [{ verbs: ["escalate"], group: RBAC, resources: ["roles", "clusterroles"] }],
  roleWrite: [{ verbs: WRITE_VERBS, group: RBAC, resources: ["roles", "clusterroles"] }],
  bind: [{ verbs: ["bind"], group: RBAC, resources: ["roles", "clusterroles"] }],
  bindingWrite: [{ verbs: WRITE_VERBS, group: RBAC, resources: ["rolebindings", "clusterrolebindings"] }],
  impersonateAccounts: [{ verbs: ["impersonate"], group: "", resources: ["serviceaccounts"] }],
  impersonateUsers: [{ verbs: ["impersonate"], group: "", resources: ["users"] }],
  /** The API server refuses a group of nobody: it takes the right to act as a user or an account too. */
  impersonateGroups: [{ verbs: ["impersonate"], group: "", resources: ["groups"] }],
  nodeProxy: [{ verbs: ["get", "create"], group: "", resources: ["nodes/proxy"] }],
  mutateAdmission: [
    { verbs: WRITE_VERBS, group: ADMISSION, resources: ["mutatingwebhookconfigurations", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings"] },
  ],
  /** Mutations that a policy engine makes for whoever writes its policies: of pods, as every account. */
  mutateByEngine: MUTATING_POLICIES,
  /** The same of policies that are for the namespace that they are in. */
  mutateInNamespace: [
    { verbs: WRITE_VERBS, group: "kyverno.io", resources: ["policies"] },
    { verbs: WRITE_VERBS, group: "policies.kyverno.io", resources: ["namespacedmutatingpolicies"] },
    { verbs: WRITE_VERBS, group: "policies.kubewarden.io", resources: ["admissionpolicies"] },
  ],
  validateAdmission: [
    {
      verbs: CHANGE_VERBS,
      group: ADMISSION,
      resources: ["validatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings"],
    },
  ],
  csrApproval: [{ verbs: ["update", "patch"], group: CERTIFICATES, resources: ["certificatesigningrequests/approval"] }],
  signerApprove: [{ verbs: ["approve"], group: CERTIFICATES, resources: ["signers"] }],
  csrCreate: [{ verbs: ["create"], group: CERTIFICATES, resources: ["certificatesigningrequests"] }],
  tokenRequest: [{ verbs: ["create"], group: "", resources: ["serviceaccounts/token"] }],
  /** External Secrets makes a token of the account that a store names, and sends it to the server that the store names. */
  storeWrite: [{ verbs: WRITE_VERBS, group: "external-secrets.io", resources: ["secretstores", "clustersecretstores"] }],
  secretCreate: [{ verbs: ["create"], group: "", resources: ["secrets"] }],
  secretChange: [{ verbs: ["update", "patch"], group: "", resources: ["secrets"] }],
  secretRead: [{ verbs: ["get", "list", "watch"], group: "", resources: ["secrets"] }],
  secretWrite: [{ verbs: WRITE_VERBS, group: "", resources: ["secrets"] }],
  workloadWrite: [
    { verbs: WRITE_VERBS, group: "", resources: ["pods"] },
    ...POD_MAKERS.written.map((kinds) => ({ verbs: WRITE_VERBS, ...kinds })),
    ...POD_MAKERS.made.map((kinds) => ({ verbs: ["create"], ...kinds })),
    ...POD_MAKERS.pointedAt.map((kinds) => ({ verbs: ["update", "patch"], ...kinds })),
  ],
  podExec: [{ verbs: ["create"], group: "", resources: ["pods/exec", "pods/attach"] }],
  /** Counts where `isGetEnough`. */
  podExecByGet: [{ verbs: ["get"], group: "", resources: ["pods/exec", "pods/attach"] }],
  ephemeralContainers: [{ verbs: ["update", "patch"], group: "", resources: ["pods/ephemeralcontainers"] }],
  volumeCreate: [{ verbs: ["create"], group: "", resources: ["persistentvolumes"] }],
  namespaceWrite: [{ verbs: ["update", "patch"], group: "", resources: ["namespaces"] }],
  nodeWrite: [
    { verbs: ["update", "patch"], group: "", resources: ["nodes", "nodes/status"] },
    { verbs: ["create"], group: "", resources: ["pods/binding", "bindings"] },
  ],
  /** What configures nodes: their files, their units, and what they run as they start, as root. */
  nodeSettings: [
    { verbs: WRITE_VERBS, group: "machineconfiguration.openshift.io", resources: ["machineconfigs", "kubeletconfigs", "containerruntimeconfigs"] },
    { verbs: WRITE_VERBS, group: "karpenter.k8s.aws", resources: ["ec2nodeclasses"] },
  ],
  /** Of those that are there: what is made beside them runs nothing. */
  configMapWrite: [{ verbs: ["update", "patch"], group: "", resources: ["configmaps"] }],
  extensionWrite: [
    { verbs: WRITE_VERBS, group: "apiregistration.k8s.io", resources: ["apiservices"] },
    { verbs: WRITE_VERBS, group: "apiextensions.k8s.io", resources: ["customresourcedefinitions"] },
  ],
  networkWrite: [
    { verbs: CHANGE_VERBS, group: "networking.k8s.io", resources: ["networkpolicies", "ingresses"] },
    { verbs: CHANGE_VERBS, group: "", resources: ["services", "endpoints", "services/status"] },
    // Through its status a pod gets other addresses and other labels: what Services and policies choose it by.
    { verbs: ["update", "patch"], group: "", resources: ["pods/status"] },
    { verbs: CHANGE_VERBS, group: "discovery.k8s.io", resources: ["endpointslices"] },
    {
      verbs: CHANGE_VERBS,
      group: "cilium.io",
      resources: [
        "ciliumnetworkpolicies",
        "ciliumclusterwidenetworkpolicies",
        "ciliumenvoyconfigs",
        "ciliumclusterwideenvoyconfigs",
        "ciliumlocalredirectpolicies",
      ],
    },
    // A pod that is attached to one is on whatever network of the node it names, past policies.
    { verbs: CHANGE_VERBS, group: "k8s.cni.cncf.io", resources: ["network-attachment-definitions"] },
    { verbs: CHANGE_VERBS, group: "projectcalico.org", resources: ["networkpolicies", "globalnetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "crd.projectcalico.org", resources: ["networkpolicies", "globalnetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "crd.antrea.io", resources: ["networkpolicies", "clusternetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "gateway.networking.k8s.io", resources: ["gateways", "httproutes", "referencegrants"] },
    { verbs: CHANGE_VERBS, group: "policy.networking.k8s.io", resources: ["clusternetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "networking.k8s.aws", resources: ["applicationnetworkpolicies", "clusternetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "networking.gke.io", resources: ["fqdnnetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "networking.istio.io", resources: ["virtualservices", "destinationrules", "envoyfilters"] },
    { verbs: CHANGE_VERBS, group: "security.istio.io", resources: ["authorizationpolicies", "peerauthentications", "requestauthentications"] },
  ],
  bulkDelete: [
    { verbs: ["delete", "deletecollection"], group: "", resources: ["events", "secrets", "configmaps", "persistentvolumeclaims", "namespaces"] },
    { verbs: ["delete", "deletecollection"], group: "events.k8s.io", resources: ["events"] },
    { verbs: ["delete", "deletecollection"], group: "apiextensions.k8s.io", resources: ["customresourcedefinitions"] },
  ],
  sensitiveRead: [{ verbs: ["get", "list"], group: "", resources: ["pods/log", "configmaps", "pods"] }],
} as const satisfies Record<string, readonly RightsAsk[]>;

export type CapabilityName = keyof typeof ASKS;
