import type { JsonRecord } from "@/lib/model/json";

const EACH = "(object.spec.containers + object.spec.?initContainers.orValue([]))";
const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };
/** They are in the second of its namespaces alone. */
const SETTINGS = { name: "settings", parameterNotFoundAction: "Deny" };
const FIRST = "object.spec.containers[0].securityContext";

/** What the policies are for, unless they say so themselves. */
export const PODS = { resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE", "UPDATE"], resources: ["pods"] }] };
const NO_PRIVILEGED = `${EACH}.all(c, !c.?securityContext.?privileged.orValue(false))`;
const PLACED = { matchLabels: { "kubernetes.io/metadata.name": "PLACE" } };
/** Where images are to come from. */
export const IMAGE = "registry.corp/team/app:1.2.3";
const FROM = `${EACH}.all(c, c.image.startsWith('registry.corp/'))`;

export type PolicyInCel = readonly [validations: readonly string[], spec?: JsonRecord, binding?: JsonRecord];

/**
 * What people write in policies on pods, each with what else its policy says: what refuses one danger, several, none, all, or fails where something is not
 * there. PLACE stands for the first of its namespaces.
 */
export const POLICIES_IN_CEL: readonly PolicyInCel[] = [
  [[NO_PRIVILEGED]],
  [["object.spec.containers.all(c, !has(c.securityContext) || !has(c.securityContext.privileged) || c.securityContext.privileged == false)"]],
  [["object.spec.containers.all(c, c.securityContext.privileged == false)", "object.spec.initContainers.all(c, c.securityContext.privileged == false)"]],
  [["variables.all.all(c, c.securityContext.allowPrivilegeEscalation == false)"], { variables: [{ name: "all", expression: EACH.slice(1, -1) }] }],
  [
    ["size(variables.bad) == 0"],
    {
      variables: [
        { name: "all", expression: EACH },
        { name: "bad", expression: "variables.all.filter(c, 'ALL' in c.?securityContext.?capabilities.?drop.orValue([]) == false).map(c, c.name)" },
      ],
    },
  ],
  [["!has(object.spec.hostNetwork) || !object.spec.hostNetwork"]],
  [["!has(object.spec.hostNetwork)", "!has(object.spec.hostPID)", "!has(object.spec.hostIPC)"]],
  [["!object.spec.hostPID"]],
  [["!has(object.spec.hostPID) || object.spec.hostIPC"]],
  [["!has(object.spec.hostPID) || object.spec.hostIPC"], { failurePolicy: "Ignore" }],
  [["!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath))"]],
  [["!has(object.spec.volumes) || object.spec.volumes.all(v, !has(v.hostPath) || v.hostPath.path.startsWith('/var/log'))"]],
  [["object.spec.?volumes.orValue([]).all(v, ['configMap', 'secret', 'emptyDir'].exists(k, k in v))"]],
  [["object.spec.?volumes.orValue([]).all(v, v.nfs.server == 'nfs.example.com')"]],
  [["object.spec.containers.all(c, c.?ports.orValue([]).all(p, p.?hostPort.orValue(0) == 0))"]],
  [[`${EACH}.all(c, c.?securityContext.?capabilities.?add.orValue([]).all(a, a in ['NET_BIND_SERVICE']))`]],
  [[`${EACH}.all(c, c.?securityContext.?capabilities.?add.orValue([]).all(a, !(a in ['SYS_ADMIN', 'CAP_SYS_ADMIN'])))`]],
  [
    [
      `${EACH}.all(c, c.?securityContext.?allowPrivilegeEscalation.orValue(true) == false && !c.?securityContext.?privileged.orValue(false))`,
      `${EACH}.all(c, 'ALL' in c.?securityContext.?capabilities.?drop.orValue([]) && size(c.?securityContext.?capabilities.?add.orValue([])) == 0)`,
      `${EACH}.all(c, c.?securityContext.?runAsNonRoot.orValue(false))`,
    ],
  ],
  [["object.spec.securityContext.runAsNonRoot == true", `${EACH}.all(c, c.?securityContext.?runAsNonRoot.orValue(true))`]],
  [[`${EACH}.all(c, c.securityContext.runAsUser > 0)`]],
  [["object.spec.?securityContext.?sysctls.orValue([]).size() == 0"]],
  [["object.spec.securityContext.sysctls.all(s, s.name != 'kernel.msgmax')"]],
  [[`${EACH}.all(c, c.?securityContext.?seLinuxOptions.?type.orValue('') in ['', 'container_t'])`]],
  [[`${EACH}.all(c, c.?securityContext.?seccompProfile.?type.orValue('RuntimeDefault') != 'Unconfined')`]],
  [[`${EACH}.all(c, c.?securityContext.?appArmorProfile.?type.orValue('RuntimeDefault').matches('^(RuntimeDefault|Localhost)$'))`]],
  [[`${FIRST}.privileged != true`, `${FIRST}.privileged != true || ${FIRST}.gone.deeper`]],
  [["object.spec.containers.all(c, !has(c.livenessProbe) || !has(c.livenessProbe.tcpSocket.host))"]],
  [["object.metadata.labels['team'] == 'a' || !object.spec.containers[0].securityContext.privileged"]],
  [["'team' in object.metadata.?labels.orValue({}) && !has(object.spec.hostPID)"]],
  [["object.spec.containers.all(c, c.image.startsWith('registry.corp/'))"]],
  [["object.spec.containers.all(c, c.resources.limits.memory != '' && quantity(c.resources.limits.cpu).isLessThan(quantity('1')))"]],
  [
    [
      "namespaceObject.metadata.labels[?'env'].orValue('') != 'prod' || !has(object.spec.hostPID) && !has(object.spec.hostNetwork) && !has(object.spec.hostIPC)",
    ],
  ],
  [["namespaceObject.metadata.name != 'PLACE'"]],
  ...["namespaceObject.metadata.name != 'other'", "namespaceObject == null"].map(
    (expression): PolicyInCel => [
      [NO_PRIVILEGED, "object.spec.?volumes.orValue([]).all(v, !has(v.hostPath))"],
      { failurePolicy: "Ignore", matchConditions: [{ name: "where", expression }] },
    ],
  ),
  [["request.namespace != 'PLACE' || !has(object.spec.volumes)"]],
  [
    [
      "object.metadata.namespace == request.namespace && object.kind == 'Pod' && request.kind.kind == 'Pod' && request.operation == 'CREATE' && oldObject == null",
    ],
  ],
  [["false"], { matchConditions: [{ name: "host", expression: "has(object.spec.hostNetwork) && object.spec.hostNetwork" }] }],
  [["false"], { matchConditions: [{ name: "host", expression: "object.spec.hostNetwork == true" }] }],
  [["false"], { matchConditions: [{ name: "host", expression: "object.spec.hostNetwork == true" }], failurePolicy: "Ignore" }],
  [
    ["false"],
    {
      matchConditions: [
        { name: "fails", expression: "object.spec.gone == 1" },
        { name: "no", expression: "false" },
      ],
    },
  ],
  [["!has(object.spec.hostPID)"], { matchConditions: [{ name: "people", expression: "!('system:nodes' in request.userInfo.groups)" }] }],
  [
    ["!has(object.spec.volumes)"],
    { matchConditions: [{ name: "made", expression: "request.operation in ['CREATE', 'UPDATE'] && request.resource.resource == 'pods'" }] },
  ],
  [["authorizer.requestResource.check('create').allowed() && !has(object.spec.hostPID)"]],
  [["variables.unused || !has(object.spec.hostIPC)"], { variables: [{ name: "unused", expression: "object.spec.gone" }] }],
  [
    ["has(params.data) ? params.data.on != 'yes' || !has(object.spec.volumes) : false"],
    { paramKind: CONFIG_MAP },
    { paramRef: { ...SETTINGS, parameterNotFoundAction: "Allow" } },
  ],
  [["!has(object.spec.volumes)"], { paramKind: CONFIG_MAP }, { paramRef: SETTINGS }],
  [["!has(object.spec.volumes)"], { paramKind: CONFIG_MAP }, { paramRef: SETTINGS, validationActions: ["Warn"] }],
  [["!has(object.spec.volumes)"], { paramKind: CONFIG_MAP, failurePolicy: "Ignore" }, { paramRef: SETTINGS, validationActions: ["Warn", "Audit"] }],
  [["true"], { paramKind: CONFIG_MAP }, { paramRef: { ...SETTINGS, name: "nobody" }, validationActions: ["Audit"] }],
  [[`${EACH}.all(c, c.?securityContext.?runAsUser.orValue(object.spec.?securityContext.?runAsUser.orValue(1000)) != 0)`]],
  [[`${EACH}.map(c, c.?securityContext.?privileged.orValue(object.spec.gone == 1)).sort().last() == optional.of(false)`]],
  [["[object.spec.?hostPID, object.spec.?hostIPC, object.spec.?hostNetwork].all(o, !o.orValue(false))", NO_PRIVILEGED, "!has(object.spec.volumes)"]],
  ...["Fail", "Ignore"].map(
    (failurePolicy): PolicyInCel => [
      ["!has(object.spec.hostPID)"],
      { matchConditions: [{ name: "whole", expression: "request.subResource == ''" }], failurePolicy },
    ],
  ),
  [[`!(${EACH}.map(c, c.?securityContext.?capabilities.?add.orValue([])).flatten().distinct().exists(a, a != 'NET_BIND_SERVICE'))`]],
  [["lists.range(size(object.spec.containers)).all(i, !object.spec.containers[i].?securityContext.?privileged.orValue(false))"]],
  [[`${EACH}.all(i, c, matches(c.image, '^registry') || (i >= 0 && !c.?securityContext.?privileged.orValue(false)))`]],
  [["object.spec.containers.exists(c, !c.?securityContext.?privileged.orValue(false))"]],
  [[`${EACH}.all(c, !c.?securityContext.?allowPrivilegeEscalation.orValue(false))`]],
  [["object.spec.?volumes.orValue([]).all(v, !(v.?hostPath.path.orValue('') in ['/', '/etc']))"]],
  [["object.spec.?volumes.orValue([]).all(v, v.?hostPath.type.orValue('File') == 'File')"]],
  [[`object.spec.?hostNetwork.orValue(false) || ${EACH}.all(c, !c.?securityContext.?privileged.orValue(false))`]],
  [[`${EACH}.filter(c, c.securityContext.privileged == true).size() == 0`], { failurePolicy: "Ignore" }],
  ...["Fail", "Ignore"].map(
    (failurePolicy): PolicyInCel => [
      ["(object.spec.containers + object.spec.initContainers).all(c, c.securityContext.privileged == false) && !object.spec.hostPID"],
      { failurePolicy },
    ],
  ),
  [["object.spec.initContainers.all(c, c.image != '') && !has(object.spec.hostIPC)"], { failurePolicy: "Ignore" }],
  [[`${EACH}.all(c, !c.?securityContext.?privileged.orValue(false)) && (!has(object.spec.hostPID) && !has(object.spec.hostIPC))`]],
  ...[
    "!('system:serviceaccounts' in request.userInfo.groups)",
    "!('system:serviceaccounts:PLACE' in request.userInfo.groups)",
    "!request.userInfo.username.startsWith('system:serviceaccount:kube-system:')",
    "request.userInfo.username != 'system:serviceaccount:other:somebody' && !('system:nodes' in request.userInfo.groups)",
    "'system:authenticated' in request.userInfo.groups",
  ].map((expression): PolicyInCel => [["!has(object.spec.hostPID)"], { matchConditions: [{ name: "who", expression }] }]),
  [
    ["!has(object.spec.hostPID) && !has(object.spec.hostNetwork) && !has(object.spec.hostIPC)", "!has(object.spec.volumes)", NO_PRIVILEGED],
    { matchConditions: [{ name: "who", expression: "!('admins' in request.userInfo.groups)" }] },
  ],
  [["object.spec.?volumes.orValue([]).all(v, !has(v.hostPath) || v.hostPath.path.startsWith('/opt/data'))"]],
  [["object.spec.?volumes.orValue([]).all(v, !has(v.hostPath) || v.hostPath.path.matches('^/boot(/.*)?$'))"]],
  // A kind that the server does not have: it refuses whatever the policy is for, however it is bound.
  ...[{}, { failurePolicy: "Ignore" }].flatMap((failure) =>
    (["Allow", "Deny"] as const).map(
      (parameterNotFoundAction): PolicyInCel => [
        ["!has(object.spec.hostPID)"],
        { paramKind: { apiVersion: "example.com/v1", kind: "Gone" }, matchConstraints: { ...PODS, namespaceSelector: PLACED }, ...failure },
        { paramRef: { name: "gone", parameterNotFoundAction } },
      ],
    ),
  ),
];

/** The same of policies that ask where images come from, which are tried on pods that are made and on such that are changed. */
export const POLICIES_ON_IMAGES: readonly PolicyInCel[] = [
  [[FROM]],
  [[FROM], { matchConditions: [{ name: "made", expression: "request.operation == 'CREATE'" }] }],
  [[FROM], { matchConstraints: { resourceRules: [{ ...PODS.resourceRules[0], operations: ["CREATE"] }] } }],
  [[`oldObject != null || ${FROM}`]],
  [[`oldObject == null || ${FROM}`]],
  [[`${FROM} || (oldObject != null && ${EACH} == ${EACH.replaceAll("object", "oldObject")})`]],
  [["object.spec.containers.all(c, c.image.startsWith('registry.corp/'))"]],
  [["request.operation == 'UPDATE' ? has(request.options.kind) && oldObject.metadata.name == object.metadata.name : oldObject == null"]],
];
