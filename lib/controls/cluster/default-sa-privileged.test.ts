import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./default-sa-privileged";

const subject = { kind: "ServiceAccount", name: "default", namespace: "shop" };
const secrets = { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] };

/** As OpenShift makes it in each project. */
const pulls = (group: string, verbs: readonly string[] = ["get"]) => [
  clusterRole({ name: "system:image-puller", rules: [{ apiGroups: ["", "image.openshift.io"], resources: ["imagestreams/layers"], verbs }] }),
  roleBinding({ roleRef: { kind: "ClusterRole", name: "system:image-puller" }, subjects: [{ kind: "Group", name: `system:serviceaccounts:${group}` }] }),
];

describeControl(control, {
  fails: [
    { name: "images of the project for all accounts of another", objects: pulls("elsewhere"), severity: "medium" },
    { name: "images of the project, to be written, too", objects: pulls("shop", ["get", "update"]) },
    { name: "weak rights", objects: [role(), roleBinding({ subjects: [subject] })], severity: "medium", evidence: [{ path: "subjects[0]" }] },
    {
      name: "strong rights, without a namespace in the subject",
      objects: [role(secrets), roleBinding({ subjects: [{ kind: "ServiceAccount", name: "default" }] })],
      severity: "high",
    },
    {
      name: "all accounts of a namespace",
      objects: [clusterRole(secrets), clusterRoleBinding({ subjects: [{ kind: "Group", name: "system:serviceaccounts:shop" }] })],
      severity: "high",
    },
    {
      name: "a shipped role for people who write, which no manifest lists",
      objects: [roleBinding({ roleRef: { kind: "ClusterRole", name: "edit" }, subjects: [subject] })],
      severity: "high",
    },
    {
      name: "by its user name",
      objects: [role(secrets), roleBinding({ subjects: [{ kind: "User", name: "system:serviceaccount:shop:default" }] })],
      severity: "high",
    },
  ],
  passes: [
    {
      name: "images of the project for its own accounts, as OpenShift gives them",
      objects: pulls("shop"),
      evidence: [{ path: "subjects[0]", message: "Every pod in shop has the role system:image-puller. OpenShift gives it for images of the project itself." }],
    },
    { name: "an account of its own", objects: [role(), roleBinding()] },
    {
      name: "all accounts of the cluster, judged by another control",
      objects: [clusterRole(), clusterRoleBinding({ subjects: [{ kind: "Group", name: "system:serviceaccounts" }] })],
    },
  ],
});
