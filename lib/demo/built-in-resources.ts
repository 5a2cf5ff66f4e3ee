import "server-only";
import { apiGroup, apiVersionName } from "@/lib/model/resource-ref";
import type { ServedResource } from "./served-resource";

// One line per group and version; a kind in brackets belongs to no namespace.
const TABLE: Readonly<Record<string, string>> = {
  v1: "configmaps ConfigMap, endpoints Endpoints, events Event, limitranges LimitRange, (namespaces Namespace), (nodes Node), persistentvolumeclaims PersistentVolumeClaim, (persistentvolumes PersistentVolume), pods Pod, podtemplates PodTemplate, replicationcontrollers ReplicationController, resourcequotas ResourceQuota, secrets Secret, serviceaccounts ServiceAccount, services Service",
  "admissionregistration.k8s.io/v1":
    "(mutatingadmissionpolicies MutatingAdmissionPolicy), (mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding), (mutatingwebhookconfigurations MutatingWebhookConfiguration), (validatingadmissionpolicies ValidatingAdmissionPolicy), (validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding), (validatingwebhookconfigurations ValidatingWebhookConfiguration)",
  "apiextensions.k8s.io/v1": "(customresourcedefinitions CustomResourceDefinition)",
  "apiregistration.k8s.io/v1": "(apiservices APIService)",
  "apps/v1": "controllerrevisions ControllerRevision, daemonsets DaemonSet, deployments Deployment, replicasets ReplicaSet, statefulsets StatefulSet",
  "autoscaling/v2": "horizontalpodautoscalers HorizontalPodAutoscaler",
  "batch/v1": "cronjobs CronJob, jobs Job",
  "certificates.k8s.io/v1": "(certificatesigningrequests CertificateSigningRequest)",
  "coordination.k8s.io/v1": "leases Lease",
  "discovery.k8s.io/v1": "endpointslices EndpointSlice",
  "events.k8s.io/v1": "events Event",
  "networking.k8s.io/v1": "(ingressclasses IngressClass), ingresses Ingress, networkpolicies NetworkPolicy",
  "node.k8s.io/v1": "(runtimeclasses RuntimeClass)",
  "policy/v1": "poddisruptionbudgets PodDisruptionBudget",
  "rbac.authorization.k8s.io/v1": "(clusterrolebindings ClusterRoleBinding), (clusterroles ClusterRole), rolebindings RoleBinding, roles Role",
  "scheduling.k8s.io/v1": "(priorityclasses PriorityClass)",
  "storage.k8s.io/v1": "(csidrivers CSIDriver), (csinodes CSINode), (storageclasses StorageClass), (volumeattachments VolumeAttachment)",
};

function toResource(apiVersion: string, cell: string): ServedResource {
  const namespaced = !cell.startsWith("(");
  const [plural = "", kind = ""] = cell.replaceAll(/[()]/g, "").split(" ");
  return { group: apiGroup({ apiVersion }), version: apiVersionName({ apiVersion }), plural, kind, namespaced };
}

/** The kinds that every API server of a supported version serves, at their stable versions. */
export const BUILT_IN_RESOURCES: readonly ServedResource[] = Object.entries(TABLE).flatMap(([apiVersion, cells]) =>
  cells.split(", ").map((cell) => toResource(apiVersion, cell)),
);
