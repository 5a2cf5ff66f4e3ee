import { isApiPath } from "./rule-match";

const CLUSTER_RESOURCES: ReadonlySet<string> = new Set([
  "nodes",
  "persistentvolumes",
  "clusterroles",
  "clusterrolebindings",
  "customresourcedefinitions",
  "apiservices",
  "storageclasses",
  "csidrivers",
  "csinodes",
  "runtimeclasses",
  "priorityclasses",
  "ingressclasses",
  "ingressnodefirewalls",
  "mutatingwebhookconfigurations",
  "validatingwebhookconfigurations",
  "mutatingadmissionpolicies",
  "mutatingadmissionpolicybindings",
  "validatingadmissionpolicies",
  "validatingadmissionpolicybindings",
  "volumeattachments",
  "volumeattributesclasses",
  "componentstatuses",
  "flowschemas",
  "prioritylevelconfigurations",
  "resourceslices",
  "deviceclasses",
  "servicecidrs",
  "clustertrustbundles",
  "storageversionmigrations",
  "tokenreviews",
  "subjectaccessreviews",
  "selfsubjectaccessreviews",
  "selfsubjectrulesreviews",
  "selfsubjectreviews",
  "certificatesigningrequests",
  "signers",
  "users",
  "uids",
  "userextras",
  "clusternetworkpolicies",
  "adminnetworkpolicies",
  "baselineadminnetworkpolicies",
  "ciliumcidrgroups",
  "ciliumclusterwidenetworkpolicies",
  "globalnetworkpolicies",
  "gatewayclasses",
  "clusterpolicies",
  "clustercleanuppolicies",
  "clusterissuers",
  "clustersecretstores",
  "clusterexternalsecrets",
]);

/**
 * Resources without a namespace, the built-in ones and those of widespread APIs, and paths of the API server: a RoleBinding gives nothing on them. Groups and
 * users are impersonated without one too.
 * Namespaces are left out: a RoleBinding reaches the namespace that it is in.
 */
function isClusterResource(resource: string): boolean {
  return isApiPath(resource) || CLUSTER_RESOURCES.has(resource.split("/")[0] ?? "") || resource === "groups";
}

/**
 * Whether a RoleBinding gives nothing of it. Whoever binds a ClusterRole in a namespace is asked for `bind` on it there, so that right
 * does reach.
 */
export function isOutOfReach({ verb, resource }: { readonly verb: string; readonly resource: string }): boolean {
  return verb !== "bind" && isClusterResource(resource);
}
