import { expect, it } from "vitest";
import { listControls } from "../controls/registry";
import { decides, type Mapped } from "./decides";
import { findFrameworkKey, FRAMEWORK_KEYS, FRAMEWORKS } from "./frameworks";
import { toClauses } from "./to-clauses";

const MANAGED = FRAMEWORK_KEYS.filter((key) => FRAMEWORKS[key].platform !== null);

it("lists every clause that a control maps to, under its number or one that it had", () => {
  const missing = listControls().flatMap((control) =>
    Object.keys(control.frameworks).flatMap((name) => {
      const key = findFrameworkKey(name);
      if (!key) return [`${control.id} ${name}`];
      const named: Mapped["frameworks"] = control.frameworks;
      const known = new Set(FRAMEWORKS[key].clauses.flatMap((clause) => [clause.id, ...clause.formerly]));
      return (named[key] ?? []).filter((id) => !known.has(id)).map((id) => `${control.id} ${name} ${id}`);
    }),
  );
  expect(missing, "give each clause a line in the table of its framework in lib/frameworks/data, or name one that is there").toEqual([]);
});

it("names only controls and clauses that exist", () => {
  const ids = new Set(listControls().map((control) => control.id));
  const cis = new Set(FRAMEWORKS.cis.clauses.map((clause) => clause.id));
  for (const key of FRAMEWORK_KEYS) {
    const { clauses, columns } = FRAMEWORKS[key];
    expect(clauses.flatMap((clause) => clause.controls.filter((id) => !ids.has(id)))).toEqual([]);
    expect(clauses.flatMap((clause) => clause.follows.filter((id) => !cis.has(id)))).toEqual([]);
    const isDeciding = (id: string, clause: (typeof clauses)[number]) => listControls().some((control) => control.id === id && decides(control, key, clause));
    expect(clauses.flatMap((clause) => clause.enough.filter((id) => !isDeciding(id, clause)))).toEqual([]);
    const known = new Set(columns.map((column) => column.id));
    expect(clauses.flatMap((clause) => clause.columns.filter((id) => !known.has(id)))).toEqual([]);
    expect(clauses.filter((clause) => columns.length > 0 && clause.columns.length === 0)).toEqual([]);
  }
});

it("says of each edition what it is, when it was compared and with what", () => {
  for (const key of FRAMEWORK_KEYS) {
    const { version, asOf, source } = FRAMEWORKS[key];
    expect(version).not.toBe("");
    expect(asOf).toMatch(/^\d{4}-\d{2}$/);
    expect(source).toMatch(/\.$/);
  }
});

it("follows a renumbered technique, and the clause of CIS Kubernetes that a managed benchmark repeats", () => {
  const find = (id: string) => listControls().find((control) => control.id === id);
  const clauseOf = (key: (typeof FRAMEWORK_KEYS)[number], id: string) => FRAMEWORKS[key].clauses.find((clause) => clause.id === id);
  const [webhook, admin, renumbered, repeated] = [
    find("webhook-fail-open"),
    find("rbac-cluster-admin-binding"),
    clauseOf("mitre", "T1685"),
    clauseOf("eks", "4.1.1"),
  ];
  if (!webhook || !admin || !renumbered || !repeated) throw new Error("the catalogue lost what this test names");
  expect([decides(webhook, "mitre", renumbered), decides(admin, "mitre", renumbered)]).toEqual([true, false]);
  expect([decides(admin, "eks", repeated), decides(webhook, "eks", repeated)]).toEqual([true, false]);
  expect(toClauses(webhook, null)).toContainEqual({ framework: "MITRE ATT&CK", clause: "T1685", key: "mitre", id: "T1685" });
});

it("names of a control the clauses of the managed benchmark of the cluster's own service, and of no other", () => {
  const admin = listControls().find(({ id }) => id === "rbac-cluster-admin-binding");
  if (!admin) throw new Error("the catalogue lost what this test names");
  const named = (distribution: string | null) => toClauses(admin, distribution).map(({ framework, clause }) => `${framework} ${clause}`);
  const managed = MANAGED.map((key) => FRAMEWORKS[key].name);
  const ofManaged = (distribution: string | null) => named(distribution).filter((text) => managed.some((name) => text.startsWith(name)));
  expect(ofManaged("eks")).toEqual([`${FRAMEWORKS.eks.name} 4.1.1`]);
  expect(ofManaged("gke")).toEqual([`${FRAMEWORKS.gke.name} 4.1.1`]);
  for (const none of [null, "k3s"]) expect(ofManaged(none)).toEqual([]);
  expect(named("eks")).toEqual(expect.arrayContaining([...named(null)]));
});

it("decides each clause of a managed benchmark, or says what it needs", () => {
  const silent = MANAGED.flatMap((key) =>
    FRAMEWORKS[key].clauses
      .filter((clause) => clause.gap === null && !listControls().some((control) => decides(control, key, clause)))
      .map(({ id }) => `${key} ${id}`),
  );
  expect(silent).toEqual([]);
});

it("has every recommendation of the managed benchmarks", () => {
  const sections = (key: (typeof FRAMEWORK_KEYS)[number]) =>
    Object.fromEntries([...Map.groupBy(FRAMEWORKS[key].clauses, ({ id }) => id.split(".")[0] ?? "")].map(([section, list]) => [section, list.length]));
  expect(sections("eks")).toEqual({ 2: 1, 3: 12, 4: 23, 5: 11 });
  expect(sections("aks")).toEqual({ 2: 1, 3: 13, 4: 24, 5: 13 });
  expect(sections("gke")).toEqual({ 3: 4, 4: 20, 5: 33 });
});

it("lists no clause twice and names each", () => {
  for (const key of FRAMEWORK_KEYS) {
    const ids = FRAMEWORKS[key].clauses.map((clause) => clause.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(FRAMEWORKS[key].key).toBe(key);
    expect(FRAMEWORKS[key].clauses.filter((clause) => clause.title.trim() === "")).toEqual([]);
  }
});

it("has every recommendation of the sections of CIS Kubernetes 1.12", () => {
  const counts = new Map<string, number>();
  for (const { id } of FRAMEWORKS.cis.clauses) {
    const section = id.split(".").slice(0, -1).join(".");
    counts.set(section, (counts.get(section) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    "1.1": 21,
    "1.2": 30,
    "1.3": 7,
    "1.4": 2,
    2: 7,
    "3.1": 3,
    "3.2": 2,
    "4.1": 10,
    "4.2": 14,
    "4.3": 1,
    "5.1": 13,
    "5.2": 12,
    "5.3": 2,
    "5.4": 2,
    "5.5": 1,
    "5.6": 4,
  });
});

it("finds a framework by its key only", () => {
  expect(["cis", "CIS", "toString", ""].map(findFrameworkKey)).toEqual(["cis", null, null, null]);
});

it.each([
  ["what a fix of the plugin alone would change", "cis", "1.2.3", ["apiserver-recommended-admission"]],
  ["the flag, and not who is bound", "cis", "1.2.1", ["apiserver-anonymous-access", "apiserver-anonymous-auth"]],
  ["the admission plugin, and not how pods are written", "cis", "1.2.11", ["apiserver-recommended-admission"]],
  ["a file that nothing shows", "cis", "3.2.2", []],
  ["what refuses pods, and not how strictly", "cis", "5.2.1", ["admission-policy-absent", "psa-enforce-missing"]],
  ["what pods are, and not whether a policy would refuse others", "cis", "5.2.3", ["host-pid"]],
  ["the same where the level that is enforced allows it", "cis", "5.2.6", ["privilege-escalation-allowed"]],
  ["the level that is enforced, and not how labels are spelt", "gke", "4.2.1", ["psa-enforce-missing"]],
  ["the files that it is given, and not how long they are valid", "cis", "1.2.24", ["apiserver-tls"]],
  ["the suites that are listed, and not a handshake with others", "cis", "1.2.29", ["apiserver-tls-ciphers"]],
  [
    "cluster-admin and what equals it, and not the roles below",
    "cis",
    "5.1.1",
    ["eks-aws-auth-privileged", "rbac-cluster-admin-binding", "rbac-cluster-admin-equivalent"],
  ],
  ["who can read Secrets, and not who can only write them", "cis", "5.1.2", ["rbac-builtin-admin-edit", "rbac-secrets-read"]],
  ["the verbs that it names, and not who may write bindings of what they hold", "cis", "5.1.8", ["rbac-bind", "rbac-escalate", "rbac-impersonate"]],
  [
    "who uses default accounts and what they may do here, and not which accounts share a cloud role",
    "cis",
    "5.1.5",
    ["default-sa-automount", "default-sa-in-use", "default-sa-privileged", "rbac-all-serviceaccounts-binding"],
  ],
  [
    "what a security context says, user and privileges first, and not the kinds of volumes",
    "gke",
    "4.6.3",
    [
      "apparmor-unconfined",
      "capabilities-not-dropped",
      "container-privileged",
      "privilege-escalation-allowed",
      "proc-mount-unmasked",
      "root-fs-writable",
      "run-as-non-root",
      "run-as-root-group",
      "selinux-custom-options",
      "unsafe-sysctls",
    ],
  ],
  ["what cloud storage is encrypted with, and not the certificates of etcd", "mitre", "T1530", ["cloud-storageclass-cmk", "cloud-storageclass-encryption"]],
  ["the socket that builds images on a node", "mitre", "T1612", ["runtime-socket-mount"]],
  ["the ways to the runtime and to pods through their own API", "mitre", "T1059.013", ["rbac-pod-exec", "rbac-workload-write", "runtime-socket-mount"]],
  [
    "where images come from and who vouches for them, beside tags that move",
    "mitre",
    "T1204.003",
    ["image-provenance-unverified", "image-registry-policy-enforced", "image-registry-untrusted", "image-signature-verified", "image-tag-mutable"],
  ],
  ["tokens that are worth stealing, beside impersonation", "mitre", "T1550", ["rbac-impersonate", "sa-token-projection-long", "sa-token-secret"]],
  ["what the API server gives to anybody", "mstm", "MS-TA9029", ["apiserver-anonymous-access", "apiserver-anonymous-auth", "rbac-anonymous-binding"]],
  ["mounts of the folder that makes them", "mstm", "MS-TA9017", ["hostpath-sensitive"]],
  ["commands in containers, and checkpoints that kubelets make", "mstm", "MS-TA9041", ["rbac-node-proxy", "rbac-pod-exec"]],
  ["who adds to a pod, or writes it", "mstm", "MS-TA9011", ["rbac-ephemeral-containers", "rbac-workload-write"]],
  [
    "what kubelets answer to whom, beside the way through the API server",
    "mstm",
    "MS-TA9030",
    ["kubelet-anonymous-auth", "kubelet-authorization-mode", "kubelet-readonly-port", "rbac-node-proxy"],
  ],
  ["wildcards, and not what else widens a role", "cis", "5.1.3", ["rbac-cluster-admin-equivalent", "rbac-wildcard-rule"]],
  ["what admission verifies, and not which registries are trusted", "cis", "5.5.1", ["image-provenance-unverified"]],
  ["the same on GKE, where Binary Authorization is not seen", "gke", "5.1.4", ["image-provenance-unverified"]],
  ["whether a namespace has a policy, and not what it closes", "cis", "5.3.2", ["netpol-default-deny-ingress"]],
  ["what policies leave open of workloads, and not whether a namespace has one", "eks", "4.3.2", ["netpol-egress-open", "netpol-ingress-open"]],
  [
    "the certificates of load balancers, as its newest edition numbers them",
    "eks",
    "5.4.4",
    ["gateway-plaintext-listener", "ingress-without-tls", "lb-tls", "route-without-tls"],
  ],
  ["whom the ConfigMap still lets in", "eks", "5.5.1", ["eks-aws-auth-in-use", "eks-aws-auth-privileged"]],
  ["the label of nodes that have the metadata server", "gke", "5.4.1", ["cloud-workload-identity"]],
  ["what ships logs, and not what raises alerts", "gke", "5.7.1", ["log-pipeline-absent"]],
  ["volumes as pods name them, and not the claims behind", "pss", "baseline/hostPathVolumes", ["hostpath-volume"]],
  [
    "what parts the network, not by what encrypts it or names hosts",
    "owasp",
    "K05",
    [
      "cni-no-enforcement",
      "gateway-cross-namespace",
      "host-network",
      "netpol-allow-all",
      "netpol-dangling",
      "netpol-default-deny-egress",
      "netpol-default-deny-ingress",
      "netpol-egress-open",
      "netpol-ingress-open",
      "netpol-internet-cidr",
      "rbac-network-write",
      "reference-grant-open",
      "service-external-ips",
      "service-nodeport",
    ],
  ],
  ["what is added beyond baseline too", "pss", "restricted/capabilities_restricted", ["capabilities-beyond-baseline", "capabilities-not-dropped"]],
])("decides a clause by %s", (_, key, id, expected) => {
  const framework = findFrameworkKey(key);
  const clause = framework && FRAMEWORKS[framework].clauses.find((item) => item.id === id);
  if (!framework || !clause) throw new Error(`no clause ${id}`);
  const controls = listControls().filter((control) => decides(control, framework, clause));
  expect(controls.map((control) => control.id).sort()).toEqual(expected);
});

it("passes no clause of which its controls see a part", () => {
  const open = (["cis", "eks", "gke", "aks", "nsa", "owasp"] as const).flatMap((key) =>
    FRAMEWORKS[key].clauses.filter(({ rest }) => rest !== null).map(({ id, title }) => `${key} ${id} ${title}`),
  );
  expect(open).toEqual(
    expect.arrayContaining([
      "cis 3.1.1 People do not sign in with client certificates",
      "cis 3.1.2 People do not sign in with service account tokens",
      "cis 5.1.7 Nobody in system:masters",
      "gke 4.1.6 Nobody in system:masters",
      "cis 5.6.1 Namespaces draw administrative bounds",
      "eks 4.3.1 Network policies of the Amazon VPC CNI are on",
      "gke 4.2.1 Every namespace enforces baseline or stricter",
      "eks 4.5.1 Namespaces draw administrative bounds",
      "eks 5.2.1 One cloud identity for each workload",
      "aks 5.2.1 One cloud identity for each workload",
      "gke 5.10.3 A sandbox for code that is not trusted",
      "nsa BI Building secure container images",
      "nsa AU Authentication",
      "nsa TD Threat detection",
      "owasp K07 Components that are misconfigured or vulnerable",
      "owasp K10 Too little logging and monitoring",
    ]),
  );
});
