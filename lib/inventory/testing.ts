import { isRecord, type JsonRecord, list } from "../model/json";
import { manifest, type ManifestPart, merge, type WorkloadPart } from "./testing-merge";

const IMAGE = `registry.example.com/shop/app:1.4.2@sha256:${"0123456789abcdef".repeat(4)}`;

/** Passes Pod Security restricted, has requests and limits, a read-only root and a pinned image. */
const CONTAINER: JsonRecord = {
  name: "app",
  image: IMAGE,
  imagePullPolicy: "IfNotPresent",
  ports: [{ name: "http", containerPort: 8080 }],
  resources: { requests: { cpu: "100m", memory: "64Mi", "ephemeral-storage": "64Mi" }, limits: { cpu: "500m", memory: "128Mi", "ephemeral-storage": "128Mi" } },
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
};

const POD_SPEC: JsonRecord = {
  serviceAccountName: "app",
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 10001, runAsGroup: 10001, fsGroup: 10001, seccompProfile: { type: "RuntimeDefault" } },
  containers: [CONTAINER],
};

function podSpec(part: WorkloadPart): JsonRecord {
  const merged = merge(POD_SPEC, part.podSpec ?? {});
  if (!part.container) return merged;
  const [first, ...others] = list(merged.containers);
  return { ...merged, containers: [merge(isRecord(first) ? first : CONTAINER, part.container), ...others] };
}

function rest(part: WorkloadPart): WorkloadPart {
  const { container: _container, podSpec: _podSpec, podLabels: _podLabels, podAnnotations: _podAnnotations, ...others } = part;
  return others;
}

function metadata(part: WorkloadPart): JsonRecord {
  return { name: "app", namespace: "shop", labels: { app: part.name ?? "app" } };
}

function template(part: WorkloadPart, extra: JsonRecord = {}): JsonRecord {
  const labels = { app: part.name ?? "app", ...part.podLabels };
  return { metadata: { labels, ...(part.podAnnotations ? { annotations: part.podAnnotations } : {}) }, spec: { ...podSpec(part), ...extra } };
}

function controller(apiVersion: string, kind: string, part: WorkloadPart, spec: JsonRecord): JsonRecord {
  const selector = { matchLabels: { app: part.name ?? "app" } };
  return manifest({ apiVersion, kind, metadata: metadata(part), spec: { selector, template: template(part), ...spec } }, rest(part));
}

export function pod(part: WorkloadPart = {}): JsonRecord {
  const { podLabels, podAnnotations } = part;
  const base = merge(
    { labels: { app: part.name ?? "app" } },
    { ...(podLabels ? { labels: podLabels } : {}), ...(podAnnotations ? { annotations: podAnnotations } : {}) },
  );
  const { spec, ...others } = rest(part);
  const whole = podSpec({ ...part, podSpec: merge(part.podSpec ?? {}, isRecord(spec) ? spec : {}) });
  return manifest({ apiVersion: "v1", kind: "Pod", metadata: { name: "app", namespace: "shop", ...base }, spec: whole }, others);
}

export function deployment(part: WorkloadPart = {}): JsonRecord {
  return controller("apps/v1", "Deployment", part, { replicas: 2 });
}

export function statefulSet(part: WorkloadPart = {}): JsonRecord {
  return controller("apps/v1", "StatefulSet", part, { replicas: 2, serviceName: part.name ?? "app" });
}

export function daemonSet(part: WorkloadPart = {}): JsonRecord {
  return controller("apps/v1", "DaemonSet", part, {});
}

export function replicaSet(part: WorkloadPart = {}): JsonRecord {
  return controller("apps/v1", "ReplicaSet", part, { replicas: 2 });
}

export function replicationController(part: WorkloadPart = {}): JsonRecord {
  return controller("v1", "ReplicationController", part, { replicas: 2, selector: { app: part.name ?? "app" } });
}

export function job(part: WorkloadPart = {}): JsonRecord {
  const base = { apiVersion: "batch/v1", kind: "Job", metadata: metadata(part), spec: { template: template(part, { restartPolicy: "Never" }) } };
  return manifest(base, rest(part));
}

/** On a day that never comes, so that nothing runs while it is looked at on a cluster. */
export function cronJob(part: WorkloadPart = {}): JsonRecord {
  const jobTemplate = { spec: { template: template(part, { restartPolicy: "Never" }) } };
  return manifest({ apiVersion: "batch/v1", kind: "CronJob", metadata: metadata(part), spec: { schedule: "0 3 31 2 *", jobTemplate } }, rest(part));
}

export function podTemplate(part: WorkloadPart = {}): JsonRecord {
  return manifest({ apiVersion: "v1", kind: "PodTemplate", metadata: metadata(part), template: template(part) }, rest(part));
}

const RBAC = "rbac.authorization.k8s.io";
const NAMESPACED = { name: "app", namespace: "shop" };

/** Enforces Pod Security restricted. */
export function namespace(part: ManifestPart = {}): JsonRecord {
  const name = part.name ?? "shop";
  const labels = {
    "kubernetes.io/metadata.name": name,
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/enforce-version": "latest",
  };
  return manifest({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }, part);
}

/** A supported, container-optimised worker without a public address. */
export function node(part: ManifestPart = {}): JsonRecord {
  const nodeInfo = {
    architecture: "amd64",
    operatingSystem: "linux",
    osImage: "Bottlerocket OS 1.50.0 (aws-k8s-1.35)",
    kernelVersion: "6.12.40",
    containerRuntimeVersion: "containerd://2.1.5",
    kubeletVersion: "v1.35.2",
    kubeProxyVersion: "v1.35.2",
  };
  const labels = { "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", "kubernetes.io/hostname": part.name ?? "worker-1" };
  const status = { nodeInfo, addresses: [{ type: "InternalIP", address: "10.0.1.11" }], conditions: [{ type: "Ready", status: "True" }] };
  return manifest({ apiVersion: "v1", kind: "Node", metadata: { name: "worker-1", labels }, spec: {}, status }, part);
}

/** The settings of a hardened kubelet, of the node that `node` makes. */
export function kubeletConfig(part: ManifestPart = {}): JsonRecord {
  const settings = {
    authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: "/etc/kubernetes/pki/ca.crt" } },
    authorization: { mode: "Webhook" },
    streamingConnectionIdleTimeout: "4h0m0s",
    makeIPTablesUtilChains: true,
    eventRecordQPS: 50,
    serverTLSBootstrap: true,
    rotateCertificates: true,
    podPidsLimit: 4096,
    seccompDefault: true,
    protectKernelDefaults: true,
    imagePullCredentialsVerificationPolicy: "NeverVerifyPreloadedImages",
    tlsCipherSuites: ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"],
  };
  return manifest({ apiVersion: "kubelet.config.k8s.io/v1beta1", kind: "KubeletConfiguration", metadata: { name: "worker-1" }, ...settings }, part);
}

/** An API server that nothing is wrong with, from outside. */
export function apiServerProbe(part: ManifestPart = {}): JsonRecord {
  const seen = {
    anonymous: { version: 401, namespaces: 401 },
    tls: { protocol: "TLSv1.3", oldVersions: "refused", weakSuites: "refused", certificateNotAfter: "2027-11-25T00:00:00.000Z" },
  };
  return manifest({ apiVersion: "concentric.dev/v1", kind: "APIServerProbe", metadata: { name: "api-server" }, ...seen }, part);
}

/** An API server that nothing is wrong with, by its metrics. */
export function apiServerMetrics(part: ManifestPart = {}): JsonRecord {
  const seen = {
    hasManyRequests: true,
    hasAuditEvents: true,
    hasAuditErrors: false,
    secretsWrittenWith: ["k8s:enc:aescbc:v1:key1:"],
    hasExpiringClientCertificates: false,
    admissionPlugins: ["NodeRestriction", "PodSecurity"],
  };
  return manifest({ apiVersion: "concentric.dev/v1", kind: "APIServerMetrics", metadata: { name: "api-server" }, ...seen }, part);
}

export function service(part: ManifestPart = {}): JsonRecord {
  const spec = { type: "ClusterIP", selector: { app: "app" }, ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }] };
  return manifest({ apiVersion: "v1", kind: "Service", metadata: NAMESPACED, spec }, part);
}

/** What webhooks in the namespace `guard` are answered through. */
export function webhookService(name = "app"): JsonRecord {
  return service({ name, namespace: "guard", spec: { ports: [{ port: 443 }] } });
}

/** One host, one path, with TLS. */
export function ingress(part: ManifestPart = {}): JsonRecord {
  const backend = { service: { name: "app", port: { name: "http" } } };
  const rules = [{ host: "app.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }];
  const spec = { ingressClassName: "public", tls: [{ hosts: ["app.example.com"], secretName: "app-tls" }], rules };
  return manifest({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: NAMESPACED, spec }, part);
}

/** Of the Ingresses of `ingress`. */
export function ingressClass(controller = "k8s.io/ingress-nginx", spec: JsonRecord = {}): JsonRecord {
  return { apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: { name: "public" }, spec: { controller, ...spec } };
}

/** Denies all traffic of all pods of the namespace, both ways. */
export function networkPolicy(part: ManifestPart = {}): JsonRecord {
  const metadata = { name: "default-deny", namespace: "shop" };
  return manifest({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } }, part);
}

export function serviceAccount(part: ManifestPart = {}): JsonRecord {
  return manifest({ apiVersion: "v1", kind: "ServiceAccount", metadata: NAMESPACED, automountServiceAccountToken: false }, part);
}

const RULES = [{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["app"], verbs: ["get"] }];

export function role(part: ManifestPart = {}): JsonRecord {
  return manifest({ apiVersion: `${RBAC}/v1`, kind: "Role", metadata: NAMESPACED, rules: RULES }, part);
}

export function clusterRole(part: ManifestPart = {}): JsonRecord {
  return manifest({ apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name: "app" }, rules: RULES }, part);
}

const SUBJECTS = [{ kind: "ServiceAccount", name: "app", namespace: "shop" }];

export function roleBinding(part: ManifestPart = {}): JsonRecord {
  const roleRef = { apiGroup: RBAC, kind: "Role", name: "app" };
  return manifest({ apiVersion: `${RBAC}/v1`, kind: "RoleBinding", metadata: NAMESPACED, roleRef, subjects: SUBJECTS }, part);
}

export function clusterRoleBinding(part: ManifestPart = {}): JsonRecord {
  const roleRef = { apiGroup: RBAC, kind: "ClusterRole", name: "app" };
  return manifest({ apiVersion: `${RBAC}/v1`, kind: "ClusterRoleBinding", metadata: { name: "app" }, roleRef, subjects: SUBJECTS }, part);
}

/** By which the API server asks a policy engine about new pods. */
export function engineWebhook(engine = "kyverno"): JsonRecord {
  const rules = [{ operations: ["CREATE", "UPDATE"], apiGroups: [""], resources: ["pods", "pods/ephemeralcontainers"] }];
  const webhooks = [{ name: `validate.${engine}.svc`, failurePolicy: "Fail", rules }];
  return { apiVersion: "admissionregistration.k8s.io/v1", kind: "ValidatingWebhookConfiguration", metadata: { name: engine }, webhooks };
}

export function configMap(part: ManifestPart = {}): JsonRecord {
  return manifest({ apiVersion: "v1", kind: "ConfigMap", metadata: NAMESPACED, data: { mode: "production" } }, part);
}

export function limitRange(part: ManifestPart = {}): JsonRecord {
  const limits = [
    { type: "Container", default: { cpu: "500m", memory: "256Mi" }, defaultRequest: { cpu: "100m", memory: "64Mi" }, max: { cpu: "2", memory: "2Gi" } },
  ];
  return manifest({ apiVersion: "v1", kind: "LimitRange", metadata: { name: "defaults", namespace: "shop" }, spec: { limits } }, part);
}

export function resourceQuota(part: ManifestPart = {}): JsonRecord {
  const hard = { "requests.cpu": "10", "requests.memory": "20Gi", "limits.cpu": "20", "limits.memory": "40Gi", pods: "50" };
  return manifest({ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "quota", namespace: "shop" }, spec: { hard } }, part);
}
