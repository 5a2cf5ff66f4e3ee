import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { describeControl } from "../testing";
import control from "./rbac-anonymous-binding";

const anonymous = { kind: "User", name: "system:anonymous" };
const unauthenticated = { kind: "Group", name: "system:unauthenticated" };
const shipped = { labels: { "kubernetes.io/bootstrapping": "rbac-defaults" }, roleRef: { kind: "ClusterRole", name: "system:public-info-viewer" } };
const signedIn = { kind: "Group", name: "system:authenticated" };

const ofOpenShift = (binding: string, role: string, rules: readonly object[]) => [
  clusterRole({ name: role, rules }),
  clusterRoleBinding({ name: binding, roleRef: { kind: "ClusterRole", name: role }, subjects: [signedIn, unauthenticated] }),
];
const deletesTokens = { apiGroups: ["", "oauth.openshift.io"], resources: ["oauthaccesstokens", "oauthauthorizetokens"], verbs: ["delete"] };

describeControl(control, {
  fails: [
    {
      name: "what OpenShift makes, so that tokens can be ended",
      objects: ofOpenShift("system:oauth-token-deleters", "system:oauth-token-deleter", [deletesTokens]),
      evidence: [
        {
          path: "subjects[1]",
          message: "Anybody without credentials has the role system:oauth-token-deleter. OpenShift makes this binding, so that whoever has a token can end it.",
        },
      ],
      severity: "low",
      remedy: false,
    },
    {
      name: "the same, where the role reads tokens, too",
      objects: ofOpenShift("system:oauth-token-deleters", "system:oauth-token-deleter", [{ ...deletesTokens, verbs: ["delete", "list"] }]),
      severity: "critical",
    },
    {
      name: "the same, where the role reads paths, too",
      objects: ofOpenShift("system:oauth-token-deleters", "system:oauth-token-deleter", [deletesTokens, { nonResourceURLs: ["*"], verbs: ["delete"] }]),
      severity: "critical",
    },
    {
      name: "scopes of OpenShift, which take rights away",
      objects: ofOpenShift("system:scope-impersonation", "system:scope-impersonation", [
        { apiGroups: ["authentication.k8s.io"], resources: ["userextras/scopes.authorization.openshift.io"], verbs: ["impersonate"] },
      ]),
      severity: "low",
      remedy: false,
    },
    {
      name: "every extra, under that name",
      objects: ofOpenShift("system:scope-impersonation", "system:scope-impersonation", [
        { apiGroups: ["authentication.k8s.io"], resources: ["userextras/scopes.authorization.openshift.io", "users"], verbs: ["impersonate"] },
      ]),
      severity: "critical",
    },
    {
      name: "webhooks of builds, as OpenShift had them before 4.16",
      objects: ofOpenShift("system:webhooks", "system:webhook", [
        { apiGroups: ["", "build.openshift.io"], resources: ["buildconfigs/webhooks"], verbs: ["get", "create"] },
      ]),
      severity: "medium",
      remedy: false,
    },
    {
      name: "the name of such a binding, whose role is not here",
      objects: ofOpenShift("system:webhooks", "system:webhook", []).slice(1),
      complete: false,
      severity: "critical",
    },
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
