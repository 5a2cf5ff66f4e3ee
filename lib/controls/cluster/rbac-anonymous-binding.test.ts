import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-anonymous-binding";

const anonymous = { kind: "User", name: "system:anonymous" };
const unauthenticated = { kind: "Group", name: "system:unauthenticated" };
const shipped = { labels: { "kubernetes.io/bootstrapping": "rbac-defaults" }, roleRef: { kind: "ClusterRole", name: "system:public-info-viewer" } };
const signedIn = { kind: "Group", name: "system:authenticated" };

describeControl(control, {
  fails: [
    {
      name: "the anonymous user",
      objects: [clusterRole(), clusterRoleBinding({ subjects: [anonymous] })],
      severity: "critical",
      evidence: [{ path: "subjects[0]", check: "subject system:anonymous" }],
    },
    {
      name: "the group, in a namespace",
      objects: [roleBinding({ subjects: [unauthenticated] })],
      evidence: [{ path: "subjects[0]", check: "subject system:unauthenticated" }],
      severity: "critical",
    },
    {
      name: "reads of paths only",
      objects: [clusterRole({ rules: [{ nonResourceURLs: ["/metrics"], verbs: ["get"] }] }), clusterRoleBinding({ subjects: [unauthenticated] })],
      severity: "high",
    },
    {
      name: "a role that gives paths only, which these manifests do not list",
      objects: [clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "system:service-account-issuer-discovery" }, subjects: [unauthenticated] })],
      complete: false,
      severity: "high",
    },
    {
      name: "the shipped binding, whose role was widened",
      objects: [
        clusterRole({
          name: "system:public-info-viewer",
          labels: shipped.labels,
          rules: [
            { nonResourceURLs: ["/version"], verbs: ["get"] },
            { apiGroups: [""], resources: ["secrets"], verbs: ["get"] },
          ],
        }),
        clusterRoleBinding({ name: "system:public-info-viewer", ...shipped, subjects: [signedIn, unauthenticated] }),
      ],
      severity: "critical",
    },
    {
      name: "the shipped binding, whose role reads one path beside its own",
      objects: [
        clusterRole({ name: "system:public-info-viewer", labels: shipped.labels, rules: [{ nonResourceURLs: ["/version", "/metrics"], verbs: ["get"] }] }),
        clusterRoleBinding({ name: "system:public-info-viewer", ...shipped, subjects: [unauthenticated] }),
      ],
      severity: "high",
    },
    {
      name: "the shipped binding, whose role reads every path",
      objects: [
        clusterRole({ name: "system:public-info-viewer", labels: shipped.labels, rules: [{ nonResourceURLs: ["*"], verbs: ["get"] }] }),
        clusterRoleBinding({ name: "system:public-info-viewer", ...shipped, subjects: [unauthenticated] }),
      ],
      severity: "high",
    },
    {
      name: "what kubeadm makes, with a role that writes",
      objects: [
        role({
          name: "kubeadm:bootstrap-signer-clusterinfo",
          namespace: "kube-public",
          rules: [{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["cluster-info"], verbs: ["get", "patch"] }],
        }),
        roleBinding({
          name: "kubeadm:bootstrap-signer-clusterinfo",
          namespace: "kube-public",
          roleRef: { kind: "Role", name: "kubeadm:bootstrap-signer-clusterinfo" },
          subjects: [anonymous],
        }),
      ],
      severity: "critical",
    },
    {
      name: "the shipped name with another role",
      objects: [clusterRoleBinding({ name: "system:public-info-viewer", labels: shipped.labels, subjects: [unauthenticated] })],
      severity: "critical",
    },
    {
      name: "what kubeadm makes for nodes that join",
      objects: [
        role({
          name: "kubeadm:bootstrap-signer-clusterinfo",
          namespace: "kube-public",
          rules: [{ apiGroups: [""], resources: ["configmaps"], resourceNames: ["cluster-info"], verbs: ["get"] }],
        }),
        roleBinding({
          name: "kubeadm:bootstrap-signer-clusterinfo",
          namespace: "kube-public",
          roleRef: { kind: "Role", name: "kubeadm:bootstrap-signer-clusterinfo" },
          subjects: [anonymous],
        }),
      ],
      severity: "low",
      remedy: false,
    },
  ],
  passes: [
    { name: "a service account", objects: [clusterRoleBinding()] },
    {
      name: "the shipped binding for health and versions",
      objects: [clusterRoleBinding({ name: "system:public-info-viewer", ...shipped, subjects: [signedIn, unauthenticated] })],
    },
  ],
});
