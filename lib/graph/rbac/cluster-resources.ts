import { isApiPath, isNameless, type ResourceAsk } from "./rule-match";

/** Others call things with a namespace so too, as Longhorn does its nodes and RabbitMQ its users: these names count in the groups that hold none. */
const SHARED_NAMES = ["nodes", "users", "groups"];
const THEIR_GROUPS = ["", "*", "authentication.k8s.io", "metrics.k8s.io", "config.openshift.io", "user.openshift.io", "management.cattle.io"];

const CLUSTER_RESOURCES: ReadonlySet<string> = new Set([
  ...SHARED_NAMES.flatMap((name) => THEIR_GROUPS.map((group) => `${name}.${group}`)),
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
  "ipaddresses.networking.k8s.io",
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
  "configurations.pkg.crossplane.io",
  "deploymentruntimeconfigs",
  "objects.kubernetes.crossplane.io",
  "releases.helm.crossplane.io",
  "compositions.apiextensions.crossplane.io",
  "clusterextensions",
  "clusterworkflowtemplates",
  "clusteranalysistemplates",
  "clusterservingruntimes",
  "sidecarsets",
  "machineconfigs",
  "kubeletconfigs",
  "containerruntimeconfigs",
  "ec2nodeclasses",
]);

/**
 * Resources without a namespace, the built-in ones and those of widespread APIs, and paths of the API server: a RoleBinding gives nothing on them. Groups and
 * users are impersonated without one too.
 * Namespaces are left out: a RoleBinding reaches the namespace that it is in, though not to make one or to list them.
 */
function isClusterResource(resource: string, group: string): boolean {
  const plural = resource.split("/")[0] ?? "";
  return isApiPath(resource) || CLUSTER_RESOURCES.has(plural) || CLUSTER_RESOURCES.has(`${plural}.${group}`);
}

/**
 * Asked for where something refers to the object: whoever binds a ClusterRole in a namespace needs `bind` on it there, and a pod of OpenShift `use` on
 * the constraints that it runs under.
 */
const ASKED_WHERE_USED = new Set(["bind", "use"]);

/** Whether a RoleBinding gives nothing of it. */
export function isOutOfReach(ask: ResourceAsk): boolean {
  return !ASKED_WHERE_USED.has(ask.verb) && (isClusterResource(ask.resource, ask.group) || (ask.resource === "namespaces" && isNameless(ask)));
}
