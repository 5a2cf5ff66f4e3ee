import { READ_BY_KIND, SLICE_KINDS, type ObjectSliceName, SECRET_MAKERS } from "./slices";

const TRAEFIK = ["traefik.io", "traefik.containo.us"];
const AWS = ["elbv2.k8s.aws", "eks.amazonaws.com"];

/** API groups that serve a kind under one meaning; a kind of the same name in another group is another thing. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  NodeClass: ["eks.amazonaws.com"],
  EndpointSlice: ["discovery.k8s.io"],
  Ingress: ["networking.k8s.io", "extensions"],
  IngressClass: ["networking.k8s.io"],
  NetworkPolicy: ["networking.k8s.io", "extensions"],
  Role: ["rbac.authorization.k8s.io"],
  ClusterRole: ["rbac.authorization.k8s.io"],
  RoleBinding: ["rbac.authorization.k8s.io"],
  ClusterRoleBinding: ["rbac.authorization.k8s.io"],
  StorageClass: ["storage.k8s.io"],
  CSIDriver: ["storage.k8s.io"],
  RuntimeClass: ["node.k8s.io"],
  PriorityClass: ["scheduling.k8s.io"],
  ValidatingWebhookConfiguration: ["admissionregistration.k8s.io"],
  MutatingWebhookConfiguration: ["admissionregistration.k8s.io"],
  ValidatingAdmissionPolicy: ["admissionregistration.k8s.io"],
  ValidatingAdmissionPolicyBinding: ["admissionregistration.k8s.io"],
  MutatingAdmissionPolicy: ["admissionregistration.k8s.io"],
  MutatingAdmissionPolicyBinding: ["admissionregistration.k8s.io"],
  APIService: ["apiregistration.k8s.io"],
  SecurityContextConstraints: ["security.openshift.io"],
  CustomResourceDefinition: ["apiextensions.k8s.io"],
  CertificateSigningRequest: ["certificates.k8s.io"],
  PodDisruptionBudget: ["policy"],
  HorizontalPodAutoscaler: ["autoscaling"],
  ScaledObject: ["keda.sh"],
  Lease: ["coordination.k8s.io"],
  CSIStorageCapacity: ["storage.k8s.io"],
  Gateway: ["gateway.networking.k8s.io"],
  HTTPRoute: ["gateway.networking.k8s.io"],
  GRPCRoute: ["gateway.networking.k8s.io"],
  TLSRoute: ["gateway.networking.k8s.io"],
  TCPRoute: ["gateway.networking.k8s.io"],
  UDPRoute: ["gateway.networking.k8s.io"],
  ReferenceGrant: ["gateway.networking.k8s.io"],
  GatewayClass: ["gateway.networking.k8s.io"],
  ListenerSet: ["gateway.networking.k8s.io", "gateway.networking.x-k8s.io"],
  InferencePool: ["inference.networking.k8s.io", "inference.networking.x-k8s.io"],
  SecurityPolicy: ["gateway.envoyproxy.io"],
  AuthorizationPolicy: ["security.istio.io"],
  GCPBackendPolicy: ["networking.gke.io"],
  BackendConfig: ["cloud.google.com"],
  Middleware: TRAEFIK,
  MiddlewareTCP: TRAEFIK,
  TLSOption: TRAEFIK,
  IngressRoute: TRAEFIK,
  IngressRouteTCP: TRAEFIK,
  IngressRouteUDP: TRAEFIK,
  TraefikService: TRAEFIK,
  VirtualService: ["networking.istio.io"],
  Route: ["route.openshift.io"],
  HTTPProxy: ["projectcontour.io"],
  KongPlugin: ["configuration.konghq.com"],
  KongClusterPlugin: ["configuration.konghq.com"],
  ClientTrafficPolicy: ["gateway.envoyproxy.io"],
  IngressController: ["operator.openshift.io"],
  IngressClassParams: AWS,
  TargetGroupBinding: AWS,
  ClusterNetworkPolicy: ["policy.networking.k8s.io", "networking.k8s.aws"],
  ApplicationNetworkPolicy: ["networking.k8s.aws"],
  FQDNNetworkPolicy: ["networking.gke.io"],
  AdminNetworkPolicy: ["policy.networking.k8s.io"],
  BaselineAdminNetworkPolicy: ["policy.networking.k8s.io"],
  CiliumNetworkPolicy: ["cilium.io"],
  CiliumClusterwideNetworkPolicy: ["cilium.io"],
  CiliumCIDRGroup: ["cilium.io"],
  Tier: ["projectcalico.org", "crd.projectcalico.org"],
  NetworkSet: ["projectcalico.org", "crd.projectcalico.org"],
  GlobalNetworkSet: ["projectcalico.org", "crd.projectcalico.org"],
  HostEndpoint: ["projectcalico.org", "crd.projectcalico.org"],
  EgressFirewall: ["k8s.ovn.org"],
  EgressNetworkPolicy: ["network.openshift.io"],
  IngressNodeFirewall: ["ingressnodefirewall.openshift.io"],
  GlobalNetworkPolicy: ["projectcalico.org", "crd.projectcalico.org"],
  UserDefinedNetwork: ["k8s.ovn.org"],
  ClusterUserDefinedNetwork: ["k8s.ovn.org"],
  ClusterNetworkConnect: ["k8s.ovn.org"],
  NetworkAttachmentDefinition: ["k8s.cni.cncf.io"],
  VirtualMachine: ["kubevirt.io"],
  VirtualMachineInstance: ["kubevirt.io"],
  HelmRelease: ["helm.toolkit.fluxcd.io"],
  HelmChart: ["helm.cattle.io"],
  HelmChartConfig: ["helm.cattle.io"],
  ApplicationSet: ["argoproj.io"],
  WorkflowTemplate: ["argoproj.io"],
  ClusterWorkflowTemplate: ["argoproj.io"],
  CronWorkflow: ["argoproj.io"],
  EventSource: ["argoproj.io"],
  Sensor: ["argoproj.io"],
  EnvoyFilter: ["networking.istio.io"],
  ApisixConsumer: ["apisix.apache.org"],
  ApisixRoute: ["apisix.apache.org"],
  Issuer: ["cert-manager.io"],
  ClusterIssuer: ["cert-manager.io"],
  Prometheus: ["monitoring.coreos.com"],
  PrometheusAgent: ["monitoring.coreos.com"],
  AlertmanagerConfig: ["monitoring.coreos.com"],
  VMUser: ["operator.victoriametrics.com"],
  Grafana: ["grafana.integreatly.org"],
  GrafanaDatasource: ["grafana.integreatly.org"],
  GrafanaContactPoint: ["grafana.integreatly.org"],
  OpenTelemetryCollector: ["opentelemetry.io"],
  Instrumentation: ["opentelemetry.io"],
  KafkaConnect: ["kafka.strimzi.io"],
  KafkaConnector: ["kafka.strimzi.io"],
  ClickHouseInstallation: ["clickhouse.altinity.com"],
  RabbitmqCluster: ["rabbitmq.com"],
  KeycloakRealmImport: ["k8s.keycloak.org"],
  Kibana: ["kibana.k8s.elastic.co"],
  Logstash: ["logstash.k8s.elastic.co"],
  Beat: ["beat.k8s.elastic.co"],
  TriggerAuthentication: ["keda.sh"],
  ClusterTriggerAuthentication: ["keda.sh"],
  BuildConfig: ["build.openshift.io"],
  ScheduledSparkApplication: ["sparkoperator.k8s.io"],
  SparkApplication: ["sparkoperator.k8s.io"],
  Template: ["template.openshift.io"],
  Workflow: ["argoproj.io"],
  TaskRun: ["tekton.dev"],
  PipelineRun: ["tekton.dev"],
  FlinkDeployment: ["flink.apache.org"],
  Kafka: ["kafka.strimzi.io"],
  KafkaMirrorMaker2: ["kafka.strimzi.io"],
  SecretProviderClass: ["secrets-store.csi.x-k8s.io"],
  ExternalSecret: ["external-secrets.io"],
  ClusterExternalSecret: ["external-secrets.io"],
  SealedSecret: ["bitnami.com"],
  VaultStaticSecret: ["secrets.hashicorp.com"],
  VaultDynamicSecret: ["secrets.hashicorp.com"],
  Certificate: ["cert-manager.io"],
  ClusterPolicy: ["kyverno.io"],
  Policy: ["kyverno.io"],
  PolicyException: ["kyverno.io"],
  ImageValidatingPolicy: ["policies.kyverno.io"],
  NamespacedImageValidatingPolicy: ["policies.kyverno.io"],
  ValidatingPolicy: ["policies.kyverno.io"],
  NamespacedValidatingPolicy: ["policies.kyverno.io"],
  ClusterImagePolicy: ["policy.sigstore.dev"],
  ConstraintTemplate: ["templates.gatekeeper.sh"],
  Config: ["config.gatekeeper.sh"],
  KubeletConfiguration: ["kubelet.config.k8s.io"],
  APIServerMetrics: ["concentric.dev"],
  APIServerProbe: ["concentric.dev"],
};

/** Custom kinds are told from others only by their group, so a missing apiVersion names none of them. */
const NEEDS_GROUP = new Set<ObjectSliceName>([
  "nodeClasses",
  "securityContextConstraints",
  "gateways",
  "routeGuards",
  "customRoutes",
  "tlsSettings",
  "targetGroupBindings",
  "otherNetworkPolicies",
  "podNetworks",
  "policyEngineObjects",
  "releases",
  "customSettings",
  "operated",
  "runs",
  "secretStores",
  "certificates",
  "kubeletConfigs",
  "apiServerMetrics",
  "apiServerProbes",
]);

const SLICE_OF = new Map<string, ObjectSliceName>(
  Object.entries(SLICE_KINDS).flatMap(([slice, kinds]) => kinds.map((kind) => [kind, slice as ObjectSliceName] as const)),
);

/** The slice that holds a kind of `SLICE_KINDS`; null when no slice does. */
export function findSlice(sliceKind: string): ObjectSliceName | null {
  return SLICE_OF.get(sliceKind) ?? null;
}

/** Kinds that other projects, or other groups, call by the same name, with the groups that serve what is meant; nobody writes these names. */
const OWN_NAMES: Readonly<Record<string, readonly string[]>> = {
  AntreaClusterNetworkPolicy: ["crd.antrea.io"],
  AntreaNetworkPolicy: ["crd.antrea.io"],
  ArgoApplication: ["argoproj.io"],
  CalicoNetworkPolicy: ["projectcalico.org", "crd.projectcalico.org"],
  CELPolicyException: ["policies.kyverno.io"],
  /** Each template of Gatekeeper makes a kind of its own. */
  Constraint: [],
  CrossplaneObject: ["kubernetes.crossplane.io", "kubernetes.m.crossplane.io"],
  CrossplaneRelease: ["helm.crossplane.io", "helm.m.crossplane.io"],
  DaprComponent: ["dapr.io"],
  DaprHTTPEndpoint: ["dapr.io"],
  FluxKustomization: ["kustomize.toolkit.fluxcd.io"],
  FluxProvider: ["notification.toolkit.fluxcd.io"],
  IstioGateway: ["networking.istio.io"],
  LoggingClusterOutput: ["logging.banzaicloud.io"],
  LoggingOutput: ["logging.banzaicloud.io"],
  MetalLBBGPPeer: ["metallb.io"],
  TektonPipeline: ["tekton.dev"],
  TektonTask: ["tekton.dev"],
};

/** Whether objects carry this kind of a slice, by that name. */
export function isWrittenKind(sliceKind: string): boolean {
  return !Object.hasOwn(OWN_NAMES, sliceKind);
}

const PROJECT = /^(Antrea|Argo|Calico|CEL|Crossplane|Dapr|Flux|Istio|Logging|MetalLB|Tekton)/;

const { companions: _companions, runs: _runs, ...ASKED } = SLICE_KINDS;

/** The kinds of slices that a cluster is asked for. Companions and runs are looked at among manifests alone: elsewhere, what has their kind is a root of pods. */
export const ASKED_KINDS: ReadonlySet<string> = new Set(Object.values(ASKED).flat());

/** The groups that serve them. */
export const ASKED_GROUPS: readonly string[] = ["", ...new Set([...ASKED_KINDS].flatMap((kind) => GROUPS[kind] ?? OWN_NAMES[kind] ?? []))];

/** The slice of objects of a kind that a cluster was asked for; null = none: a root of pods, under the kind of its owner, or an identity. */
export function findAskedSlice(group: string, kind: string): ObjectSliceName | null {
  const sliceKind = toSliceKind(group, kind);
  return sliceKind === null || !ASKED_KINDS.has(sliceKind) ? null : findSlice(sliceKind);
}

/** The kind that objects carry themselves: `AntreaClusterNetworkPolicy` is written ClusterNetworkPolicy. */
export function toWrittenKind(sliceKind: string): string {
  return isWrittenKind(sliceKind) ? sliceKind : sliceKind.replace(PROJECT, "");
}

const OWN_NAME_OF = new Map(Object.entries(OWN_NAMES).flatMap(([name, groups]) => groups.map((group) => [`${group}/${toWrittenKind(name)}`, name] as const)));

/** `Antrea ClusterNetworkPolicy` */
export function toKindWords({ kind }: { readonly kind: string }): string {
  return isWrittenKind(kind) ? kind : kind.replace(PROJECT, "$1 ");
}

const SETTINGS: ReadonlySet<ObjectSliceName> = new Set(["customSettings", "operated", "runs"]);

/** Whether objects say how programs are to be set, under names that are theirs. */
export function isSettings(sliceKind: string): boolean {
  const slice = findSlice(sliceKind);
  return (slice !== null && SETTINGS.has(slice)) || SECRET_MAKERS.some((kind) => kind === sliceKind);
}

/** Whether a cluster that serves a kind is told to do so, and never asked for its objects. */
export function isNeverListed(sliceKind: string): boolean {
  return findSlice(sliceKind) === "runs";
}

/** Why nothing is known of a kind that is looked at among manifests alone, in one sentence; null = clusters are asked for it. */
export function whyUnasked(sliceKind: string): string | null {
  return findSlice(sliceKind) === "companions" ? `Clusters are not asked for ${sliceKind} objects: they are judged in manifests alone.` : null;
}

/** Whether what reads a kind stands without it, for all that it could not change (`READ_BY_KIND`). */
export function isReadByKind(sliceKind: string): boolean {
  const slice = findSlice(sliceKind);
  return slice !== null && READ_BY_KIND.has(slice);
}

/** What an object counts as in `SLICE_KINDS`: Calico's NetworkPolicy is `CalicoNetworkPolicy`; null = no slice wants it. */
export function toSliceKind(group: string, kind: string): string | null {
  if (group === "constraints.gatekeeper.sh") return "Constraint";
  const own = OWN_NAME_OF.get(`${group}/${kind}`);
  if (own !== undefined) return own;
  const name = kind === "XListenerSet" ? "ListenerSet" : kind;
  const slice = findSlice(name);
  if (slice === null || !isWrittenKind(name)) return null;
  if (group === "") return NEEDS_GROUP.has(slice) ? null : name;
  return GROUPS[name]?.includes(group) ? name : null;
}

/** The same of what a cluster was asked for; its own kind where no slice wants it, as a Deployment. */
export function sliceKindOf({ group, kind }: { readonly group: string; readonly kind: string }): string {
  return toSliceKind(group, kind) ?? kind;
}
