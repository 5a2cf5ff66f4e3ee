import { isApiPath, isNameless, type ResourceAsk } from "./rule-match";

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
  "devicetaintrules",
  "resourcepoolstatusrequests",
  "servicecidrs",
  "ipaddresses",
  "storageversions",
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
  "clusteradmissionpolicies",
  "clusteradmissionpolicygroups",
  "policyservers",
  "securitycontextconstraints",
  "mutatingpolicies",
  "assign",
  "assignimage",
  "modifyset",
  "ciliumclusterwideenvoyconfigs",
  "providers.pkg.crossplane.io",
  "functions.pkg.crossplane.io",
]);

/**
 * Resources without a namespace, the built-in ones and those of widespread APIs, and paths of the API server: a RoleBinding gives nothing on them. Groups and
 * users are impersonated without one too.
 * Namespaces are left out: a RoleBinding reaches the namespace that it is in, though not to make one or to list them.
 */
function isClusterResource(resource: string, group: string): boolean {
  const plural = resource.split("/")[0] ?? "";
  return isApiPath(resource) || CLUSTER_RESOURCES.has(plural) || CLUSTER_RESOURCES.has(`${plural}.${group}`) || resource === "groups";
}

/**
 * Whether a RoleBinding gives nothing of it. Whoever binds a ClusterRole in a namespace is asked for `bind` on it there, so that right
 * does reach.
 */
export function isOutOfReach(ask: ResourceAsk): boolean {
  return ask.verb !== "bind" && (isClusterResource(ask.resource, ask.group) || (ask.resource === "namespaces" && isNameless(ask)));
}
