import { platformView } from "../../inventory/cloud/cloud-provider";
import { namespaceWorkloadsView } from "../../inventory/workloads/namespace-workloads";
import type { KubeObject } from "../../inventory/kube-object";
import { areSecretsLost } from "../../inventory/secrets/secrets-gap";
import { isTokenSecretOf } from "../../inventory/workloads/service-account-token";
import { dig, list } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { defineControl, notApplicable, unknown, type Weakness, weakness } from "../define";

/** ConfigMaps that Kubernetes, Istio and OpenShift put into every namespace, and put back. */
const EVERYWHERE = new Set(["kube-root-ca.crt", "istio-ca-root-cert", "openshift-service-ca.crt"]);
/** What OpenShift puts there beside it. */
const OF_OPENSHIFT: Readonly<Record<string, RegExp>> = {
  Service: /^openshift$/,
  ServiceAccount: /^(?:builder|deployer)$/,
  RoleBinding: /^system:(?:deployers|image-builders|image-pullers)$/,
  Secret: /^(?:builder|default|deployer)-(?:dockercfg|token)-[a-z0-9]{5}$/,
};

function at(objects: readonly KubeObject[], isOwn: (object: KubeObject) => boolean): readonly Weakness[] {
  return objects
    .filter((object) => object.ref.namespace === "default" && isOwn(object))
    .map((object) => weakness("metadata.namespace", "default", `${object.ref.kind} ${object.ref.name} is in the namespace default.`, { object: object.ref }));
}

/** Slices that the cluster keeps for a Service say nothing that the Service does not say. */
function isWritten(slice: KubeObject): boolean {
  const owners = list(dig(slice.body, "metadata", "ownerReferences"));
  return owners.length === 0 && slice.labels["endpointslice.kubernetes.io/managed-by"] !== "endpointslice-controller.k8s.io";
}

export default defineControl({
  id: "default-namespace-used",
  layer: "cluster",
  severity: "low",
  title: "Nothing runs in the namespace default",
  failure: "holds workloads or objects that belong to them",
  why: "What ends up in `default` was placed nowhere on purpose: it has no owner, no quota and no policy, and shares one default service account with everything else there.",
  action: "Move everything out of the namespace default",
  fix: "Move each object to a namespace of its team or application, and leave `default` empty.",
  verify:
    "kubectl get all,serviceaccounts,roles,rolebindings,configmaps,secrets,ingresses,endpointslices,persistentvolumeclaims,poddisruptionbudgets,leases -n default; for kind in $(kubectl api-resources --namespaced --verbs=list -o name | grep -xE 'scaledobjects[.]keda[.]sh|virtualmachines[.]kubevirt[.]io|templates[.]template[.]openshift[.]io|flinkdeployments[.]flink[.]apache[.]org|kafka(mirrormaker2)?s[.]kafka[.]strimzi[.]io'); do kubectl get $kind -n default -o name; done",
  lookFor:
    "Anything beside the Service `kubernetes` with its EndpointSlice, the service account `default` and the ConfigMaps of certificates that every namespace gets: `kube-root-ca.crt`, `istio-ca-root-cert`, `openshift-service-ca.crt`. On OpenShift also beside the Service `openshift`, the accounts `builder` and `deployer`, the Secrets of all three accounts, and the bindings `system:deployers`, `system:image-builders` and `system:image-pullers`.",
  tips: ["S2", "S3"],
  frameworks: { cis: ["5.6.4", "5.6.1"], nsa: ["NS"] },
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/"],
  subject: "namespace",
  reads: [
    "workloads",
    "roles",
    "bindings",
    "serviceAccounts",
    "services",
    "endpointSlices",
    "configMaps",
    "ingresses",
    "persistentVolumeClaims",
    "podDisruptionBudgets",
  ],
  extraReads: ["secrets", "companions", "operated", "runs", "nodes"],
  standsOnEvidence: true,
  wholeCluster: "pass",
  check: (namespace, context) => {
    if (namespace.ref.name !== "default") return notApplicable("It is about the namespace default.");
    const workloads = context.view(namespaceWorkloadsView).get("default") ?? [];
    const roots = workloads.map(({ ref }) =>
      weakness("metadata.namespace", "default", `${ref.kind} ${ref.name} is in the namespace default.`, { object: ref }),
    );
    const { services, companions, operated, runs } = context.slices;
    const served = new Set(services.filter((service) => service.ref.namespace === "default").map((service) => service.ref.name));
    const isOpenshift = context.view(platformView).distribution === "openshift";
    const isBrought = ({ kind, name }: ResourceRef): boolean => isOpenshift && OF_OPENSHIFT[kind]?.test(name) === true;
    const all = [
      ...roots,
      ...at(context.slices.serviceAccounts, (account) => account.ref.name !== "default"),
      ...at(context.slices.roles, () => true),
      ...at(context.slices.bindings, () => true),
      ...at(services, (service) => service.ref.name !== "kubernetes"),
      ...at(context.slices.configMaps, (map) => !EVERYWHERE.has(map.ref.name)),
      ...at(context.slices.ingresses, () => true),
      ...at(context.slices.persistentVolumeClaims, () => true),
      ...at(context.slices.podDisruptionBudgets, () => true),
      ...at(context.slices.secrets, (secret) => !isTokenSecretOf(secret, "default")),
      ...at(context.slices.endpointSlices, (slice) => slice.ref.name !== "kubernetes" && isWritten(slice)),
      ...at([...operated, ...runs], () => true),
      ...at(companions, ({ ref }) => ref.kind !== "Endpoints" || (ref.name !== "kubernetes" && !served.has(ref.name))),
    ];
    const found = all.filter(({ object }) => !object || !isBrought(object));
    if (found.length > 0) return found;
    if (areSecretsLost(context)) return unknown("Secrets, of which some may lie there, could not be read.");
    const [refused] = context.listUnread("operated");
    return refused ? unknown(`${refused.kind} objects, of which some may lie there, were not read: ${refused.reason}`) : [];
  },
  remedy: null,
});
