import type { KubeObject } from "../inventory/kube-object";
import type { Container, PodView, Workload } from "../inventory/workloads/workload";
import type { Principal } from "../graph/rbac/principal";

/** What a control of each subject kind is given. */
export interface SubjectTypes {
  /** Called once per pod view of a root: its template, then live pods that differ; the engine joins the answers. */
  readonly workload: { readonly workload: Workload; readonly pod: PodView; readonly containers: readonly Container[] };
  readonly namespace: KubeObject;
  readonly "service-account": KubeObject;
  readonly role: KubeObject;
  readonly binding: KubeObject;
  /** A user, group or service account that some binding names, in one scope. */
  readonly principal: Principal;
  readonly service: KubeObject;
  readonly ingress: KubeObject;
  readonly node: KubeObject;
  readonly "config-map": KubeObject;
  /** Name, type and annotations only. */
  readonly secret: KubeObject;
  readonly "network-policy": KubeObject;
  readonly webhook: KubeObject;
  readonly "api-service": KubeObject;
  readonly "certificate-signing-request": KubeObject;
  readonly "security-context-constraints": KubeObject;
  readonly "storage-class": KubeObject;
  readonly gateway: KubeObject;
  /** What serves a host, in a kind of one router alone: an IngressRoute, a Gateway of Istio, a Route of OpenShift, an HTTPProxy. */
  readonly "custom-route": KubeObject;
  /** What settles which versions of TLS an entry point accepts: settings of its controller, or the object that asks for it. */
  readonly "tls-entry": KubeObject;
  /** What holds settings in a kind of some project: values of Helm, applications, middlewares, routes. */
  readonly "custom-resource": KubeObject;
  /** Objects of one kind of `SLICE_KINDS`, for controls that people write themselves: `kind:PersistentVolumeClaim`. */
  readonly [kind: `kind:${string}`]: KubeObject;
  /** The cluster as a whole. */
  readonly cluster: { readonly name: string };
}

export type SubjectKind = keyof SubjectTypes;
