import type { KubeVersion } from "../../inventory/inventory";
import type { RightsAsk } from "./held-right";

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

const CONTROLLERS: readonly { readonly group: string; readonly resources: readonly string[] }[] = [
  { group: "", resources: ["replicationcontrollers"] },
  { group: "apps", resources: ["deployments", "daemonsets", "statefulsets", "replicasets"] },
  { group: "batch", resources: ["jobs", "cronjobs"] },
  { group: "argoproj.io", resources: ["rollouts"] },
  { group: "apps.kruise.io", resources: ["clonesets", "statefulsets", "daemonsets", "advancedcronjobs"] },
  { group: "serving.knative.dev", resources: ["services"] },
  { group: "kubevirt.io", resources: ["virtualmachineinstances", "virtualmachines"] },
];

/** What the capabilities come down to. */
export const ASKS = {
  everything: [{ verbs: ["*"], group: "*", resources: ["*"] }],
  escalate: [{ verbs: ["escalate"], group: RBAC, resources: ["roles", "clusterroles"] }],
  roleWrite: [{ verbs: WRITE_VERBS, group: RBAC, resources: ["roles", "clusterroles"] }],
  bind: [{ verbs: ["bind"], group: RBAC, resources: ["roles", "clusterroles"] }],
  bindingWrite: [{ verbs: WRITE_VERBS, group: RBAC, resources: ["rolebindings", "clusterrolebindings"] }],
  impersonateAccounts: [{ verbs: ["impersonate"], group: "", resources: ["serviceaccounts"] }],
  impersonatePeople: [{ verbs: ["impersonate"], group: "", resources: ["users", "groups"] }],
  nodeProxy: [{ verbs: ["get", "create"], group: "", resources: ["nodes/proxy"] }],
  mutateAdmission: [
    { verbs: WRITE_VERBS, group: ADMISSION, resources: ["mutatingwebhookconfigurations", "mutatingadmissionpolicies", "mutatingadmissionpolicybindings"] },
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
  secretCreate: [{ verbs: ["create"], group: "", resources: ["secrets"] }],
  secretChange: [{ verbs: ["update", "patch"], group: "", resources: ["secrets"] }],
  secretRead: [{ verbs: ["get", "list", "watch"], group: "", resources: ["secrets"] }],
  secretWrite: [{ verbs: WRITE_VERBS, group: "", resources: ["secrets"] }],
  workloadWrite: [{ verbs: WRITE_VERBS, group: "", resources: ["pods"] }, ...CONTROLLERS.map((kinds) => ({ verbs: WRITE_VERBS, ...kinds }))],
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
  configMapWrite: [{ verbs: WRITE_VERBS, group: "", resources: ["configmaps"] }],
  extensionWrite: [
    { verbs: WRITE_VERBS, group: "apiregistration.k8s.io", resources: ["apiservices"] },
    { verbs: WRITE_VERBS, group: "apiextensions.k8s.io", resources: ["customresourcedefinitions"] },
  ],
  networkWrite: [
    { verbs: CHANGE_VERBS, group: "networking.k8s.io", resources: ["networkpolicies", "ingresses"] },
    { verbs: CHANGE_VERBS, group: "", resources: ["services", "endpoints", "services/status"] },
    { verbs: CHANGE_VERBS, group: "discovery.k8s.io", resources: ["endpointslices"] },
    { verbs: CHANGE_VERBS, group: "cilium.io", resources: ["ciliumnetworkpolicies", "ciliumclusterwidenetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "projectcalico.org", resources: ["networkpolicies", "globalnetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "crd.projectcalico.org", resources: ["networkpolicies", "globalnetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "crd.antrea.io", resources: ["networkpolicies", "clusternetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "gateway.networking.k8s.io", resources: ["gateways", "httproutes", "referencegrants"] },
    { verbs: CHANGE_VERBS, group: "policy.networking.k8s.io", resources: ["clusternetworkpolicies"] },
    { verbs: CHANGE_VERBS, group: "networking.istio.io", resources: ["virtualservices", "destinationrules", "envoyfilters"] },
    { verbs: CHANGE_VERBS, group: "security.istio.io", resources: ["authorizationpolicies", "peerauthentications", "requestauthentications"] },
  ],
  bulkDelete: [
    { verbs: ["delete", "deletecollection"], group: "", resources: ["events", "secrets", "configmaps", "persistentvolumeclaims", "namespaces"] },
    { verbs: ["delete", "deletecollection"], group: "events.k8s.io", resources: ["events"] },
  ],
  sensitiveRead: [{ verbs: ["get", "list"], group: "", resources: ["pods/log", "configmaps", "pods"] }],
} as const satisfies Record<string, readonly RightsAsk[]>;

export type CapabilityName = keyof typeof ASKS;
