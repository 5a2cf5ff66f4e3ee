import type { KubeObject } from "./kube-object";
import type { Workload } from "./workloads/workload";

/** The kinds that one slice holds. A slice is missing when any of its served kinds could not be read, unless it is in `READ_BY_KIND`. */
export const SLICE_KINDS = {
  namespaces: ["Namespace"],
  nodes: ["Node"],
  /** What nodes of EKS Auto Mode are made by. */
  nodeClasses: ["NodeClass"],
  serviceAccounts: ["ServiceAccount"],
  services: ["Service"],
  endpointSlices: ["EndpointSlice"],
  ingresses: ["Ingress"],
  ingressClasses: ["IngressClass"],
  networkPolicies: ["NetworkPolicy"],
  limitRanges: ["LimitRange"],
  resourceQuotas: ["ResourceQuota"],
  configMaps: ["ConfigMap"],
  roles: ["Role", "ClusterRole"],
  bindings: ["RoleBinding", "ClusterRoleBinding"],
  persistentVolumes: ["PersistentVolume"],
  persistentVolumeClaims: ["PersistentVolumeClaim"],
  storageClasses: ["StorageClass"],
  csiDrivers: ["CSIDriver"],
  runtimeClasses: ["RuntimeClass"],
  priorityClasses: ["PriorityClass"],
  webhooks: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
  admissionPolicies: ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
  apiServices: ["APIService"],
  /** Of OpenShift: what pods may have, and who may have it. */
  securityContextConstraints: ["SecurityContextConstraints"],
  customResourceDefinitions: ["CustomResourceDefinition"],
  certificateSigningRequests: ["CertificateSigningRequest"],
  podDisruptionBudgets: ["PodDisruptionBudget"],
  gateways: ["Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "ReferenceGrant", "GatewayClass", "ListenerSet", "InferencePool"],
  /** What asks for a sign-in, or limits who may connect, in front of Ingresses and routes. */
  routeGuards: [
    "SecurityPolicy",
    "AuthorizationPolicy",
    "GCPBackendPolicy",
    "BackendConfig",
    "Middleware",
    "MiddlewareTCP",
    "TLSOption",
    "KongPlugin",
    "KongClusterPlugin",
  ],
  /** What leads to Services as an Ingress does, in kinds of one router alone. */
  customRoutes: ["IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "TraefikService", "VirtualService", "IstioGateway", "Route", "HTTPProxy"],
  /** What says which versions of TLS load balancers and routers accept, in kinds that are for their settings alone. */
  tlsSettings: ["ClientTrafficPolicy", "IngressController", "IngressClassParams"],
  /** What registers pods or nodes with a load balancer of AWS that something outside of the cluster made. */
  targetGroupBindings: ["TargetGroupBinding"],
  otherNetworkPolicies: [
    "ClusterNetworkPolicy",
    "AdminNetworkPolicy",
    "BaselineAdminNetworkPolicy",
    "ApplicationNetworkPolicy",
    "FQDNNetworkPolicy",
    "CiliumNetworkPolicy",
    "CiliumClusterwideNetworkPolicy",
    "CiliumCIDRGroup",
    "GlobalNetworkPolicy",
    "CalicoNetworkPolicy",
    "Tier",
    "NetworkSet",
    "GlobalNetworkSet",
    "HostEndpoint",
    "EgressFirewall",
    "EgressNetworkPolicy",
    "AntreaNetworkPolicy",
    "AntreaClusterNetworkPolicy",
    "IngressNodeFirewall",
  ],
  /** What puts pods of some namespaces into a network of their own. */
  podNetworks: ["UserDefinedNetwork", "ClusterUserDefinedNetwork", "NetworkAttachmentDefinition", "ClusterNetworkConnect"],
  /** What tools make other objects of: values of Helm, parameters and substitutes, written into a field. */
  releases: ["HelmRelease", "HelmChart", "HelmChartConfig", "CrossplaneRelease", "CrossplaneObject", "ArgoApplication", "ApplicationSet", "FluxKustomization"],
  /** What operators and proxies are told: settings of programs, under names that are theirs. None of these kinds controls pods, ReplicaSets or Jobs itself. */
  customSettings: [
    "WorkflowTemplate",
    "ClusterWorkflowTemplate",
    "CronWorkflow",
    "EventSource",
    "Sensor",
    "TektonTask",
    "TektonPipeline",
    "EnvoyFilter",
    "ApisixConsumer",
    "ApisixRoute",
    "FluxProvider",
    "Issuer",
    "ClusterIssuer",
    "Prometheus",
    "PrometheusAgent",
    "AlertmanagerConfig",
    "VMUser",
    "Grafana",
    "GrafanaDatasource",
    "GrafanaContactPoint",
    "OpenTelemetryCollector",
    "Instrumentation",
    "LoggingOutput",
    "LoggingClusterOutput",
    "KafkaConnect",
    "KafkaConnector",
    "ClickHouseInstallation",
    "RabbitmqCluster",
    "KeycloakRealmImport",
    "Kibana",
    "Logstash",
    "Beat",
    "DaprComponent",
    "DaprHTTPEndpoint",
    "TriggerAuthentication",
    "ClusterTriggerAuthentication",
    "BuildConfig",
    "ScheduledSparkApplication",
    "MetalLBBGPPeer",
  ],
  /** The same of what runs, scales what does, or is made into what does, under names that stay. Something else controls their pods. */
  operated: ["ScaledObject", "VirtualMachine", "Template", "FlinkDeployment", "Kafka", "KafkaMirrorMaker2"],
  /** The same of what comes and goes by the thousand, and controls pods itself. Looked at where they lie among manifests; clusters are never asked for them. */
  runs: ["VirtualMachineInstance", "SparkApplication", "Workflow", "TaskRun", "PipelineRun"],
  secretStores: ["SecretProviderClass", "ExternalSecret", "ClusterExternalSecret", "SealedSecret", "VaultStaticSecret", "VaultDynamicSecret"],
  certificates: ["Certificate"],
  /** Name, type and annotations; what they hold is never kept. Not read from clusters unless somebody asks for it. */
  secrets: ["Secret"],
  /** The settings that run on each node, or why they are not known. Not read from clusters unless somebody asks for it. */
  kubeletConfigs: ["KubeletConfiguration"],
  /** What the API server's metrics and one look at its address tell. Not read from clusters unless somebody asks for it. */
  apiServerMetrics: ["APIServerMetrics"],
  apiServerProbes: ["APIServerProbe"],
  /** Looked at where they lie among manifests; not worth a request to a cluster. */
  companions: ["Endpoints", "HorizontalPodAutoscaler", "Lease", "CSIStorageCapacity"],
  policyEngineObjects: [
    "ClusterPolicy",
    "Policy",
    "PolicyException",
    "ImageValidatingPolicy",
    "NamespacedImageValidatingPolicy",
    "ValidatingPolicy",
    "NamespacedValidatingPolicy",
    "CELPolicyException",
    "ClusterImagePolicy",
    "ConstraintTemplate",
    "Constraint",
    /** Of Gatekeeper: the namespaces that it leaves out. */
    "Config",
  ],
} as const satisfies Record<string, readonly string[]>;

/** Of `secretStores`, those that people tell what to write beside what comes from a store. */
export const SECRET_MAKERS = ["ExternalSecret", "ClusterExternalSecret"] as const satisfies readonly (typeof SLICE_KINDS.secretStores)[number][];

export type ObjectSliceName = keyof typeof SLICE_KINDS;

/** A kind of `SLICE_KINDS` whose objects could not be read, and one sentence why. */
export interface UnreadKind {
  readonly kind: string;
  readonly reason: string;
}

/** Slices that stand without some of their kinds: whoever reads them tells where an object that was not read could change the answer. */
export const READ_BY_KIND: ReadonlySet<SliceName> = new Set<SliceName>([
  "otherNetworkPolicies",
  "podNetworks",
  "routeGuards",
  "customRoutes",
  "tlsSettings",
  "releases",
  "customSettings",
  "operated",
  "runs",
  "companions",
]);
export type SliceName = ObjectSliceName | "workloads";

/** What each slice holds, once read. */
export type SliceItems = { readonly [N in ObjectSliceName]: readonly KubeObject[] } & { readonly workloads: readonly Workload[] };

/** `optional: true` kinds are CRDs and groups that many clusters do not serve: absent = empty, not missing. */
export type Slice<T> =
  | {
      readonly state: "read";
      readonly items: readonly T[];
      /** Of a slice in `READ_BY_KIND`, the kinds that it stands without; left out = it is whole. */
      readonly unread?: readonly UnreadKind[];
    }
  | {
      readonly state: "missing";
      readonly reason: string;
      /** What was read all the same and is whole by itself: it may be judged, but nothing be concluded from what is not among it. */
      readonly partial?: readonly T[];
    };

/** Everything of a slice that may be judged one by one. */
export function itemsOf<T>(slice: Slice<T>): readonly T[] {
  return slice.state === "read" ? slice.items : (slice.partial ?? []);
}
