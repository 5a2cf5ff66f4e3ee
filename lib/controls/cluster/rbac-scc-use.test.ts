import { everywhere, inShop, rule, throughBinding } from "../../graph/rbac/testing";
import { clusterRole, clusterRoleBinding, roleBinding } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { describeControl } from "../testing";
import { constraints, securityContextConstraints } from "../testing-pod-security-guards";
import control from "./rbac-scc-use";

const GROUP = "security.openshift.io";
const KIND = ["securitycontextconstraints"];
const onOpenShift = (objects: readonly JsonRecord[]) => [securityContextConstraints, ...objects];
const part = { complete: false } as const;
const blind = { missing: ["customResourceDefinitions"] } as const;

describeControl(control, {
  fails: [
    {
      name: "the privileged ones in a namespace, as oc adm policy gives them",
      objects: onOpenShift(throughBinding(GROUP, KIND, ["use"], ["privileged"])),
      severity: "high",
      evidence: [
        {
          path: "rules[0]",
          message:
            "RoleBinding shop/app binds it to ClusterRole app, whose rule 0 allows use on securitycontextconstraints called privileged in namespace shop.",
        },
      ],
    },
    { name: "all of them", objects: onOpenShift(everywhere(GROUP, KIND, ["use"])), severity: "high" },
    { name: "paths of the node", objects: onOpenShift(inShop(GROUP, KIND, ["use"], ["hostmount-anyuid"])), severity: "high" },
    { name: "the network of the node", objects: onOpenShift(everywhere(GROUP, KIND, ["use"], ["hostnetwork-v2"])), severity: "medium" },
    { name: "any user, root too", objects: onOpenShift(inShop(GROUP, KIND, ["use"], ["restricted-v2", "anyuid"])), severity: "medium" },
    { name: "every verb, which is use too", objects: onOpenShift(inShop(GROUP, KIND, ["*"], ["privileged"])), severity: "high" },
    { name: "everything of a namespace on OpenShift", objects: onOpenShift(inShop("*", ["*"], ["get", "use"])), severity: "high" },
    {
      name: "all of them, where constraints alone show OpenShift",
      objects: [constraints("restricted-v2"), ...everywhere(GROUP, KIND, ["use"])],
      ...blind,
      severity: "high",
    },
    { name: "by name, where files are a part of a cluster", objects: inShop(GROUP, KIND, ["use"], ["privileged"]), ...part, severity: "high" },
    {
      name: "constraints of somebody's own that allow paths of the node",
      objects: onOpenShift([constraints("mine", { allowHostDirVolumePlugin: true }), ...throughBinding(GROUP, KIND, ["use"], ["mine"])]),
      severity: "high",
    },
    {
      name: "constraints of somebody's own, in a part of a cluster",
      objects: [constraints("mine", { allowHostNetwork: true }), ...throughBinding(GROUP, KIND, ["use"], ["mine"])],
      ...part,
      severity: "medium",
    },
    { name: "one of the harmful ones beside one's own", objects: onOpenShift(inShop(GROUP, KIND, ["use"], ["mine", "anyuid"])), severity: "medium" },
  ],
  passes: [
    { name: "those that hold pods back", objects: onOpenShift(everywhere(GROUP, KIND, ["use"], ["restricted-v2", "nonroot-v2", "nested-container"])) },
    {
      name: "constraints of somebody's own that hold pods back, and some that are not there",
      objects: onOpenShift([constraints("mine", { runAsUser: { type: "MustRunAsRange" } }), ...everywhere(GROUP, KIND, ["use"], ["mine", "gone"])]),
    },
    {
      name: "those of OpenShift, narrowed by hand",
      objects: onOpenShift([constraints("anyuid", { runAsUser: { type: "MustRunAsNonRoot" } }), ...everywhere(GROUP, KIND, ["use"], ["anyuid"])]),
    },
  ],
  notApplicable: [
    { name: "everything of a namespace, where nothing is OpenShift's", objects: inShop("*", ["*"], ["*"]) },
    {
      name: "privileged ones, by a role that a chart for OpenShift brought to another cluster",
      objects: inShop(GROUP, KIND, ["use"], ["privileged"]),
      reason: "This is not OpenShift: there are no security context constraints.",
    },
    { name: "reading them", objects: onOpenShift(everywhere(GROUP, KIND, ["get", "list"])) },
    {
      name: "all of them, with the role that Kubernetes ships",
      objects: [
        clusterRole({ name: "cluster-admin", rules: [rule("*", ["*"], ["*"])] }),
        clusterRoleBinding({ name: "root", roleRef: { kind: "ClusterRole", name: "cluster-admin" } }),
      ],
    },
  ],
  unknown: [
    {
      name: "everything of a namespace, where it is not seen what this is",
      objects: inShop("*", ["*"], ["*"]),
      ...blind,
      reason: "On OpenShift it may use constraints, and whether this is OpenShift cannot be told.",
    },
    { name: "by name, where it is not seen what this is", objects: inShop(GROUP, KIND, ["use"], ["privileged"]), ...blind },
    { name: "everything of a namespace, where files are a part of a cluster", objects: inShop("*", ["*"], ["*"]), ...part },
    {
      name: "constraints of somebody's own that were not read",
      objects: onOpenShift(throughBinding(GROUP, KIND, ["use"], ["mine", "restricted-v2"])),
      missing: ["securityContextConstraints"],
      reason: "It may use mine, and what those constraints allow is not read.",
    },
  ],
  subsumed: [
    {
      name: "everything, on OpenShift, by a binding to the role that Kubernetes ships",
      objects: [securityContextConstraints, roleBinding({ roleRef: { kind: "ClusterRole", name: "cluster-admin" } })],
    },
  ],
});
