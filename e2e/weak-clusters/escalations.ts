import type { JsonRecord } from "@/lib/model/json";
import { container, manifest, type Manifest, templateFor } from "../world/manifest";
import type { KnownWeakness } from "./known-weakness";

const RBAC = "rbac.authorization.k8s.io";
const SPACE = "escalations";

interface Escape {
  readonly name: string;
  readonly container?: JsonRecord;
  readonly pod?: JsonRecord;
  /** A directory of the node that is mounted. */
  readonly hostPath?: string;
  readonly found: readonly string[];
}

const adds = (...capabilities: readonly string[]): JsonRecord => ({ securityContext: { capabilities: { add: capabilities } } });

/** The ways out of a container. */
const ESCAPES: readonly Escape[] = [
  { name: "load-module", container: adds("SYS_MODULE"), found: ["capabilities-dangerous", "pss-baseline"] },
  { name: "enter-namespaces", container: { securityContext: { privileged: true } }, pod: { hostPID: true }, found: ["container-privileged", "host-pid"] },
  { name: "mount-disk", container: { securityContext: { privileged: true } }, found: ["container-privileged"] },
  { name: "trace-processes", container: adds("SYS_PTRACE"), pod: { hostPID: true }, found: ["capabilities-dangerous", "host-pid"] },
  { name: "core-pattern", hostPath: "/proc/sys/kernel", found: ["hostpath-sensitive"] },
  { name: "log-symlink", hostPath: "/var/log", found: ["hostpath-sensitive"] },
  { name: "runtime-socket", hostPath: "/run/containerd/containerd.sock", found: ["runtime-socket-mount"] },
  { name: "read-node", hostPath: "/", found: ["hostpath-volume", "hostpath-sensitive"] },
  { name: "steal-tokens", hostPath: "/var/lib/kubelet/pods", found: ["hostpath-sensitive"] },
  { name: "sniff-network", container: adds("NET_RAW"), pod: { hostNetwork: true }, found: ["host-network", "capabilities-beyond-baseline"] },
  { name: "share-processes", pod: { shareProcessNamespace: true }, found: ["share-process-namespace"] },
  { name: "host-users-admin", container: adds("SYS_ADMIN"), found: ["capabilities-dangerous", "pss-baseline"] },
];

interface Right {
  readonly name: string;
  readonly rules: readonly JsonRecord[];
  /** Bound in the whole cluster; left out = in the namespace. */
  readonly isWide?: boolean;
  readonly found: readonly string[];
}

const rule = (group: string, resources: readonly string[], verbs: readonly string[]): JsonRecord => ({ apiGroups: [group], resources, verbs });

/** The ways from one account to a stronger one. */
const RIGHTS: readonly Right[] = [
  { name: "pod-creator", rules: [rule("", ["pods"], ["create"])], isWide: true, found: ["rbac-workload-write"] },
  { name: "pod-patcher", rules: [rule("", ["pods"], ["patch"])], isWide: true, found: ["rbac-workload-write"] },
  { name: "workload-patcher", rules: [rule("apps", ["deployments"], ["patch"])], isWide: true, found: ["rbac-workload-write"] },
  { name: "pod-executor", rules: [rule("", ["pods/exec"], ["create"])], isWide: true, found: ["rbac-pod-exec"] },
  { name: "pod-debugger", rules: [rule("", ["pods/ephemeralcontainers"], ["patch"])], isWide: true, found: ["rbac-ephemeral-containers"] },
  { name: "secret-lister", rules: [rule("", ["secrets"], ["list"])], isWide: true, found: ["rbac-secrets-read"] },
  { name: "secret-getter", rules: [rule("", ["secrets"], ["get"])], found: ["rbac-secrets-read"] },
  { name: "token-maker", rules: [rule("", ["serviceaccounts/token"], ["create"])], isWide: true, found: ["rbac-token-request"] },
  { name: "impersonator", rules: [rule("", ["users", "groups"], ["impersonate"])], isWide: true, found: ["rbac-impersonate"] },
  {
    name: "role-binder",
    rules: [rule(RBAC, ["clusterroles"], ["bind"]), rule(RBAC, ["clusterrolebindings"], ["create"])],
    isWide: true,
    found: ["rbac-bind"],
  },
  { name: "role-escalator", rules: [rule(RBAC, ["clusterroles"], ["escalate", "patch"])], isWide: true, found: ["rbac-escalate"] },
  { name: "kubelet-caller", rules: [rule("", ["nodes/proxy"], ["get"])], isWide: true, found: ["rbac-node-proxy"] },
  { name: "volume-maker", rules: [rule("", ["persistentvolumes"], ["create"])], isWide: true, found: ["rbac-pv-create"] },
  {
    name: "certificate-approver",
    rules: [
      rule("certificates.k8s.io", ["certificatesigningrequests", "certificatesigningrequests/approval"], ["create", "update"]),
      rule("certificates.k8s.io", ["signers"], ["approve"]),
    ],
    isWide: true,
    found: ["rbac-csr-approve"],
  },
  {
    name: "webhook-maker",
    rules: [rule("admissionregistration.k8s.io", ["mutatingwebhookconfigurations"], ["create"])],
    isWide: true,
    found: ["rbac-admission-write"],
  },
];

function toDeployment({ name, container: more = {}, pod = {}, hostPath }: Escape): Manifest {
  const mounted = hostPath === undefined ? {} : { volumeMounts: [{ name: "node", mountPath: "/node" }] };
  const volumes = hostPath === undefined ? {} : { volumes: [{ name: "node", hostPath: { path: hostPath } }] };
  const sidecar = container("log", "registry.example.com/tools/log:1");
  const spec = { ...pod, ...volumes, containers: [container("app", "registry.example.com/tools/app:1", { ...more, ...mounted }), sidecar] };
  return manifest("apps/v1", "Deployment", SPACE, name, { spec: { replicas: 1, ...templateFor(name, spec) } });
}

function toGrant({ name, rules, isWide = false }: Right): readonly Manifest[] {
  const where = isWide ? null : SPACE;
  const kind = isWide ? "ClusterRole" : "Role";
  const roleRef = { apiGroup: RBAC, kind, name: `escalations-${name}` };
  return [
    manifest("v1", "ServiceAccount", SPACE, name),
    manifest(`${RBAC}/v1`, kind, where, `escalations-${name}`, { rules }),
    manifest(`${RBAC}/v1`, `${kind}Binding`, where, `escalations-${name}`, { roleRef, subjects: [{ kind: "ServiceAccount", namespace: SPACE, name }] }),
  ];
}

/** Every way out of a container and up to a stronger account that attack graphs of Kubernetes know, one object each. */
export function escalationManifests(): readonly Manifest[] {
  return [manifest("v1", "Namespace", null, SPACE), ...RIGHTS.flatMap(toGrant), ...ESCAPES.map(toDeployment)];
}

export const ESCALATIONS: readonly KnownWeakness[] = [
  ...ESCAPES.map(({ name, found }) => ({ object: `Deployment ${SPACE}/${name}`, found })),
  ...RIGHTS.map(({ name, found }) => ({ object: `ServiceAccount ${SPACE}/${name}`, found })),
];
