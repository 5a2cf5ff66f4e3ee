import { expect, test } from "vitest";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext } from "../../inventory/context";
import { createTestContext, WHOLE_CLUSTER } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import { powerView } from "./power";
import type { Identity } from "./principal";
import { rule } from "./testing";

const app: Identity = { kind: "ServiceAccount", namespace: "shop", name: "app" };
const operator = { kind: "ServiceAccount", namespace: "shop", name: "operator" };
const strong = [
  clusterRole({ name: "all", rules: [rule("*", ["*"], ["*"])] }),
  clusterRoleBinding({ name: "all", roleRef: { kind: "ClusterRole", name: "all" }, subjects: [operator] }),
];

function classOf(identity: Identity, ...objects: Parameters<typeof createTestContext>[0][number][]): number {
  return createTestContext(objects).view(powerView).classOf(identity);
}

test.each([
  ["everything", 1, rule("*", ["*"], ["*"])],
  ["the kubelet API", 1, rule("", ["nodes/proxy"], ["get"])],
  ["any user", 1, rule("", ["users"], ["impersonate"])],
  ["any service account", 1, rule("", ["serviceaccounts"], ["impersonate"])],
  ["mutating webhooks", 1, rule("admissionregistration.k8s.io", ["mutatingwebhookconfigurations"], ["patch"])],
  ["a user and the group that may do everything", 1, rule("", ["users", "groups"], ["impersonate"], ["jane", "system:masters"])],
  ["the group that may do everything, of nobody", 6, rule("", ["groups"], ["impersonate"], ["system:masters"])],
  ["any group, of nobody", 6, rule("", ["groups"], ["impersonate"])],
  ["all Secrets", 2, rule("", ["secrets"], ["list"])],
  ["volumes", 2, rule("", ["persistentvolumes"], ["create"])],
  ["what OpenShift's nodes run", 2, rule("machineconfiguration.openshift.io", ["machineconfigs"], ["patch"])],
  ["what OpenKruise puts into pods", 2, rule("apps.kruise.io", ["sidecarsets"], ["create"])],
  ["steps of Tekton, which nobody runs yet", 6, rule("tekton.dev", ["tasks"], ["create"])],
  ["steps of Tekton that others run", 2, rule("tekton.dev", ["tasks"], ["update"])],
  ["nodes", 3, rule("", ["nodes"], ["patch"])],
  ["routes of the Gateway API", 3, rule("gateway.networking.k8s.io", ["httproutes"], ["patch"])],
  ["policies of Cilium", 3, rule("cilium.io", ["ciliumclusterwidenetworkpolicies"], ["delete"])],
  ["networks that pods are attached to", 3, rule("k8s.cni.cncf.io", ["network-attachment-definitions"], ["create"])],
  ["policies by which Kyverno rewrites pods", 2, rule("kyverno.io", ["clusterpolicies"], ["update"])],
  ["policies by which Kubewarden rewrites pods", 2, rule("policies.kubewarden.io", ["clusteradmissionpolicies"], ["create"])],
  ["ConfigMaps", 2, rule("", ["configmaps"], ["patch"])],
  ["making ConfigMaps", 6, rule("", ["configmaps"], ["create"])],
  ["CRDs, taken away", 4, rule("apiextensions.k8s.io", ["customresourcedefinitions"], ["delete"])],
  ["changing Jobs, whose pods are fixed", 6, rule("batch", ["jobs"], ["patch"])],
  ["events", 4, rule("", ["events"], ["delete"])],
  ["logs", 5, rule("", ["pods/log"], ["get"])],
  ["nothing of note", 6, rule("", ["services"], ["get"])],
  ["named Secrets only", 6, rule("", ["secrets"], ["get"], ["one"])],
])("%s in the whole cluster is class %i", (_name, expected, granted) => {
  expect(classOf(app, clusterRole({ rules: [granted] }), clusterRoleBinding())).toBe(expected);
});

test("get on pods/exec is a shell before 1.35, where a websocket asks for create, and where the version is not known", () => {
  const at = (minor: number | null, ...objects: Parameters<typeof createTestContext>[0][number][]) =>
    createContext(buildInventory(objects, { ...WHOLE_CLUSTER, kubeVersion: minor === null ? null : { major: 1, minor, text: `v1.${minor}.0` } }))
      .view(powerView)
      .classOf(app);
  const wide = [clusterRole({ rules: [rule("", ["pods/exec"], ["get"])] }), clusterRoleBinding()];
  expect([at(34, ...wide), at(35, ...wide), at(null, ...wide)]).toEqual([2, 6, 2]);
  const local = [role({ rules: [rule("", ["pods/attach"], ["get"])] }), roleBinding()];
  expect([at(34, ...local, ...strong), at(35, ...local, ...strong)]).toEqual([1, 6]);
});

test("a rule for every object counts beside one that names some", () => {
  const rules = [rule("", ["secrets"], ["get"], ["one"]), rule("", ["secrets"], ["get"])];
  for (const order of [rules, rules.toReversed()]) expect(classOf(app, clusterRole({ rules: order }), clusterRoleBinding())).toBe(2);
});

test("bind needs the right to write bindings, in whichever scope that comes", () => {
  const group = "rbac.authorization.k8s.io";
  expect(classOf(app, clusterRole({ rules: [rule(group, ["clusterroles"], ["bind"])] }), clusterRoleBinding())).toBe(6);
  const writes = [role({ rules: [rule(group, ["rolebindings"], ["create"])] }), roleBinding()];
  expect(classOf(app, clusterRole({ rules: [rule(group, ["clusterroles"], ["bind"])] }), clusterRoleBinding(), ...writes)).toBe(3);
});

test.each([
  ["one node's kubelet", 2, rule("", ["nodes/proxy"], ["get"], ["worker-1"])],
  ["one mutating webhook", 2, rule("admissionregistration.k8s.io", ["mutatingwebhookconfigurations"], ["update"], ["mesh"])],
  ["one namespace's labels", 3, rule("", ["namespaces"], ["patch"], ["shop"])],
  ["what has no name", 6, rule("", ["nodes/proxy"], ["get"], [""])],
  ["one node's kubelet, and what has no name", 2, rule("", ["nodes/proxy"], ["get"], ["", "worker-1"])],
  ["a user of no note", 6, rule("", ["users"], ["impersonate"], ["jane"])],
])("%s by its name is class %i", (_name, expected, granted) => {
  expect(classOf(app, clusterRole({ rules: [granted] }), clusterRoleBinding())).toBe(expected);
});

test("who may act as an account of one namespace may act as one of any group that may be named", () => {
  const account = [role({ rules: [rule("", ["serviceaccounts"], ["impersonate"], ["weak"])] }), roleBinding()];
  const groups = [clusterRole({ rules: [rule("", ["groups"], ["impersonate"], ["system:masters"])] }), clusterRoleBinding()];
  expect(classOf(app, ...account, ...groups)).toBe(1);
});

test.each(["User", "Group"])("who may act as a %s by its name is as strong", (kind) => {
  const strongOne = clusterRoleBinding({ name: "all", roleRef: { kind: "ClusterRole", name: "all" }, subjects: [{ kind, name: "root" }] });
  const actor = [
    clusterRole({ rules: [rule("", [`${kind.toLowerCase()}s`], ["impersonate"], ["root"]), rule("", ["users"], ["impersonate"], ["nobody"])] }),
    clusterRoleBinding(),
  ];
  expect(classOf(app, ...actor, ...strong.slice(0, 1), strongOne)).toBe(1);
});

test.each([
  ["nodes", rule("", ["nodes"], ["patch"])],
  ["cluster roles", rule("rbac.authorization.k8s.io", ["clusterroles"], ["escalate", "create"])],
  ["cluster role bindings", rule("rbac.authorization.k8s.io", ["clusterroles", "clusterrolebindings"], ["bind", "create"])],
])("%s are out of reach of a RoleBinding, also in a privileged namespace", (_name, granted) => {
  expect(classOf(app, role({ namespace: "kube-system", rules: [granted] }), roleBinding({ namespace: "kube-system" }))).toBe(6);
});

test("escalate counts on the kind of role that may be written", () => {
  const group = "rbac.authorization.k8s.io";
  const rules = (written: string) => [rule(group, ["clusterroles"], ["escalate"]), rule(group, [written], ["update"])];
  expect(classOf(app, clusterRole({ rules: rules("clusterroles") }), clusterRoleBinding())).toBe(1);
  expect(classOf(app, clusterRole({ rules: rules("roles") }), clusterRoleBinding())).toBe(6);
});

test("what comes from a group adds to what is held oneself", () => {
  const group = "rbac.authorization.k8s.io";
  const subjects = [{ kind: "Group", name: "system:serviceaccounts:shop" }];
  const objects = [
    clusterRole({ name: "binds", rules: [rule(group, ["clusterroles"], ["bind"])] }),
    clusterRoleBinding({ name: "binds", roleRef: { kind: "ClusterRole", name: "binds" }, subjects }),
    clusterRole({ rules: [rule(group, ["clusterrolebindings"], ["create"])] }),
  ];
  expect(classOf(app, ...objects, clusterRoleBinding())).toBe(1);
});

test("a Secret made here is read by a right that holds everywhere", () => {
  const makes = [role({ rules: [rule("", ["secrets"], ["create"])] }), roleBinding()];
  const reads = [clusterRole({ rules: [rule("", ["secrets"], ["patch"])] }), clusterRoleBinding()];
  expect(classOf(app, ...makes, ...reads, ...strong)).toBe(1);
});

test("a token of any account is one of the accounts whose group can do everything", () => {
  const subjects = [{ kind: "Group", name: "system:serviceaccounts:build" }];
  const builders = clusterRoleBinding({ name: "all", roleRef: { kind: "ClusterRole", name: "all" }, subjects });
  const token = [clusterRole({ rules: [rule("", ["serviceaccounts/token"], ["create"])] }), clusterRoleBinding()];
  expect(classOf(app, ...token, ...strong.slice(0, 1), builders)).toBe(1);
});

test("a certificate of any user takes three rights: to ask, to approve, and for the signer of clients", () => {
  const group = "certificates.k8s.io";
  const holding = (...rules: ReturnType<typeof rule>[]) => classOf(app, clusterRole({ rules }), clusterRoleBinding());
  const approve = rule(group, ["certificatesigningrequests/approval"], ["update"]);
  const ask = rule(group, ["certificatesigningrequests"], ["create"]);
  const sign = (name: string) => rule(group, ["signers"], ["approve"], [name]);
  expect(holding(ask, approve)).toBe(6);
  expect(holding(ask, rule(group, ["signers"], ["approve"]))).toBe(6);
  expect(holding(approve, rule(group, ["signers"], ["approve"]))).toBe(2);
  expect(holding(ask, approve, rule(group, ["signers"], ["approve"]))).toBe(1);
  expect(holding(ask, approve, sign("kubernetes.io/kube-apiserver-client"))).toBe(1);
  expect(holding(ask, approve, sign("kubernetes.io/*"))).toBe(1);
  expect(holding(ask, approve, sign("kubernetes.io/kubelet-serving"))).toBe(6);
  expect(holding(ask, approve, sign("kubernetes.io/kube-apiserver-client-kubelet"))).toBe(2);
  expect(holding(approve, sign("kubernetes.io/kube-apiserver-client-kubelet"))).toBe(6);
});

test("what a policy engine rewrites for somebody runs as every account; a RoleBinding gives none of it", () => {
  const policies = [rule("kyverno.io", ["clusterpolicies"], ["create"])];
  expect(classOf(app, clusterRole({ rules: policies }), clusterRoleBinding(), ...strong)).toBe(1);
  expect(classOf(app, role({ rules: policies }), roleBinding(), ...strong)).toBe(6);
});

test.each([
  ["kyverno.io", "policies"],
  ["policies.kyverno.io", "namespacedmutatingpolicies"],
  ["policies.kubewarden.io", "admissionpolicies"],
])("what %s rewrites by %s of a namespace runs as every account of that one", (group, resource) => {
  const policies = [rule(group, [resource], ["patch"])];
  expect(classOf(app, role({ rules: policies }), roleBinding())).toBe(3);
  expect(classOf(app, role({ rules: policies }), roleBinding(), ...strong)).toBe(1);
  expect(classOf(app, role({ namespace: "web", rules: policies }), roleBinding({ namespace: "web" }), ...strong)).toBe(3);
  expect(classOf(app, clusterRole({ rules: policies }), clusterRoleBinding())).toBe(2);
});

test("the role of everything may be handed out by its name", () => {
  const group = "rbac.authorization.k8s.io";
  const rules = (name: string) => [rule(group, ["clusterroles"], ["bind"], [name]), rule(group, ["clusterrolebindings"], ["create"])];
  expect(classOf(app, clusterRole({ rules: rules("cluster-admin") }), clusterRoleBinding())).toBe(1);
  expect(classOf(app, clusterRole({ rules: rules("view") }), clusterRoleBinding())).toBe(6);
});

const BINDS = "rbac.authorization.k8s.io";
const binds = (name: string) => rule(BINDS, ["clusterroles"], ["bind"], [name]);
const secretsRole = clusterRole({ name: "reader", rules: [rule("", ["secrets", "nodes/proxy"], ["get"])] });

test("who may hand out a role by its name is as strong as that role, wherever bindings may be written", () => {
  const holding = (written: string) =>
    classOf(app, secretsRole, clusterRole({ rules: [binds("reader"), rule(BINDS, [written], ["create"])] }), clusterRoleBinding());
  expect(holding("clusterrolebindings")).toBe(1);
  // By RoleBindings, in each namespace, nothing of nodes.
  expect(holding("rolebindings")).toBe(2);
  const writes = [role({ rules: [rule(BINDS, ["rolebindings"], ["create"])] }), roleBinding()];
  expect(classOf(app, secretsRole, clusterRole({ rules: [binds("reader")] }), clusterRoleBinding(), ...writes)).toBe(3);
  expect(classOf(app, secretsRole, role({ rules: [binds("reader"), rule(BINDS, ["rolebindings"], ["create"])] }), roleBinding())).toBe(3);
});

test("who may hand out the role edit in every namespace takes the cluster by the accounts of its own", () => {
  const edit = clusterRole({ name: "edit", rules: [rule("", ["serviceaccounts/token"], ["create"])] });
  const makes = clusterRole({ rules: [binds("edit"), rule(BINDS, ["rolebindings"], ["create"])] });
  expect(classOf(app, edit, makes, clusterRoleBinding(), ...strong)).toBe(1);
});

test("a role that may be handed out may let hand out another", () => {
  const first = clusterRole({ name: "first", rules: [binds("reader")] });
  const rules = [binds("first"), rule(BINDS, ["clusterrolebindings"], ["create"])];
  expect(classOf(app, secretsRole, first, clusterRole({ rules }), clusterRoleBinding())).toBe(1);
  expect(classOf(app, secretsRole, first, clusterRole({ rules: rules.slice(0, 1) }), clusterRoleBinding())).toBe(6);
});

test("who may hand out more roles in a row than are followed is taken for one who may hand out all, and is not called weak", () => {
  const row = Array.from({ length: 20 }, (_, i) => clusterRole({ name: `role-${i}`, rules: [binds(`role-${i + 1}`)] }));
  const holding = (length: number) =>
    classOf(app, ...row.slice(0, length), clusterRole({ rules: [binds("role-0"), rule(BINDS, ["clusterrolebindings"], ["create"])] }), clusterRoleBinding());
  expect(holding(5)).toBe(6);
  expect(holding(20)).toBe(1);
});

test("a Role that may be handed out by its name gives what it gives in its namespace", () => {
  const local = (namespace: string) => role({ name: "reader", namespace, rules: [rule("", ["secrets"], ["get"])] });
  const rules = [rule(BINDS, ["roles"], ["bind"], ["reader"]), rule(BINDS, ["rolebindings"], ["create"])];
  expect(classOf(app, local("shop"), role({ rules }), roleBinding())).toBe(3);
  expect(classOf(app, local("web"), role({ rules }), roleBinding())).toBe(6);
  expect(classOf(app, local("web"), clusterRole({ rules }), clusterRoleBinding())).toBe(3);
});

test("who may make a stronger account's token is as strong", () => {
  const token = role({ rules: [rule("", ["serviceaccounts/token"], ["create"])] });
  expect(classOf(app, token, roleBinding())).toBe(3);
  expect(classOf(app, token, roleBinding(), ...strong)).toBe(1);
});

test("who creates Secrets and sees them answered makes a stronger account's token, too", () => {
  const secrets = (...verbs: string[]) => role({ rules: [rule("", ["secrets"], verbs)] });
  expect(classOf(app, secrets("create"), roleBinding(), ...strong)).toBe(6);
  expect(classOf(app, secrets("create", "patch"), roleBinding(), ...strong)).toBe(1);
  expect(classOf(app, secrets("create", "get"), roleBinding(), ...strong)).toBe(1);
});

test("who makes pods has the namespace: its Secrets, its volumes, its accounts", () => {
  expect(classOf(app, role({ rules: [rule("apps", ["deployments"], ["patch"], ["web"])] }), roleBinding())).toBe(3);
});

test("only the named accounts count where a rule names them", () => {
  const token = (name: string) => role({ rules: [rule("", ["serviceaccounts/token"], ["create"], [name])] });
  expect(classOf(app, token("operator"), roleBinding(), ...strong)).toBe(1);
  expect(classOf(app, token("weak"), roleBinding(), ...strong)).toBe(3);
});

test("who may act as an account is as strong as that one", () => {
  const acting = (name: string) => role({ rules: [rule("", ["serviceaccounts"], ["impersonate"], [name])] });
  expect(classOf(app, acting("operator"), roleBinding(), ...strong)).toBe(1);
  expect(classOf(app, acting("weak"), roleBinding(), ...strong)).toBe(6);
});

test("a store of External Secrets has a token of any account of its namespace, or of any at all", () => {
  const stores = (kind: string, names?: readonly string[]) => [rule("external-secrets.io", [kind], ["patch"], names)];
  expect(classOf(app, role({ rules: stores("secretstores", ["vault"]) }), roleBinding(), ...strong)).toBe(1);
  expect(classOf(app, role({ namespace: "web", rules: stores("secretstores") }), roleBinding({ namespace: "web" }), ...strong)).toBe(3);
  expect(classOf(app, clusterRole({ rules: stores("clustersecretstores") }), clusterRoleBinding(), ...strong)).toBe(1);
  expect(classOf(app, role({ rules: stores("clustersecretstores") }), roleBinding(), ...strong)).toBe(6);
});

test("power is passed on over several steps", () => {
  const creator = { kind: "ServiceAccount", namespace: "build", name: "runner" };
  const first = [role({ rules: [rule("", ["pods"], ["create"])] }), roleBinding({ subjects: [creator] })];
  const second = [
    role({ namespace: "build", rules: [rule("", ["pods/exec"], ["create"])] }),
    roleBinding({ namespace: "build", subjects: [{ kind: "User", name: "jane" }] }),
  ];
  expect(classOf({ kind: "User", namespace: null, name: "jane" }, ...first, ...second, ...strong)).toBe(1);
  expect(classOf({ kind: "User", namespace: null, name: "jane" }, ...second)).toBe(3);
});

test("everything in a namespace is the cluster where an account there can take it", () => {
  const admin = [role({ rules: [rule("*", ["*"], ["*"])] }), roleBinding()];
  expect(classOf(app, ...admin)).toBe(3);
  expect(classOf(app, ...admin, ...strong)).toBe(1);
  expect(createTestContext(strong).view(powerView).isPrivileged("shop")).toBe(true);
  expect(createTestContext(strong).view(powerView).isPrivileged("other")).toBe(false);
  expect(createTestContext([]).view(powerView).isPrivileged("kube-system")).toBe(true);
});

test("accounts hold what their groups hold", () => {
  const subjects = [{ kind: "Group", name: "system:serviceaccounts:shop" }];
  const objects = [clusterRole({ rules: [rule("", ["secrets"], ["list"])] }), clusterRoleBinding({ subjects })];
  expect(classOf(app, ...objects)).toBe(2);
  expect(classOf({ ...app, namespace: "other" }, ...objects)).toBe(6);
});

test("the accounts of one namespace hold what all accounts hold, also where only their group is asked about", () => {
  const bound = (name: string, rules: object[]) => [
    clusterRole({ name, rules }),
    clusterRoleBinding({ name, roleRef: { kind: "ClusterRole", name }, subjects: [{ kind: "Group", name: `system:serviceaccounts${name}` }] }),
  ];
  const objects = [...bound("", [rule("", ["secrets"], ["list"])]), ...bound(":shop", [rule("", ["services"], ["get"])])];
  expect(classOf({ kind: "Group", namespace: null, name: "system:serviceaccounts:shop" }, ...objects)).toBe(2);
  expect(classOf({ kind: "User", namespace: null, name: "system:serviceaccounts:shop" }, ...objects)).toBe(6);
});

test("cluster-admin is there even where manifests do not list it, and gives a RoleBinding its namespace only", () => {
  const subject = { kind: "ServiceAccount", namespace: "shop", name: "app" };
  const roleRef = { kind: "ClusterRole", name: "cluster-admin" };
  expect(classOf(app, clusterRoleBinding({ roleRef, subjects: [subject] }))).toBe(1);
  expect(classOf(app, roleBinding({ roleRef, subjects: [subject] }))).toBe(3);
  expect(classOf(app, clusterRoleBinding({ roleRef: { kind: "ClusterRole", name: "another" }, subjects: [subject] }))).toBe(6);
});
