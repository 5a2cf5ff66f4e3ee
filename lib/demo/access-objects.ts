import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import { toObject } from "./kubernetes-object";
import { isBetween, STORY } from "./story";
import type { DemoMoment } from "./workload-objects";

const RBAC = "rbac.authorization.k8s.io/v1";
const account = (namespace: string, name: string): JsonRecord => ({ kind: "ServiceAccount", namespace, name });
const group = (name: string): JsonRecord => ({ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name });
const roleRef = (name: string): JsonRecord => ({ apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name });

function debugBinding(moment: DemoMoment): JsonRecord[] {
  const period = [STORY.firstDebugBinding, STORY.secondDebugBinding].find((candidate) => isBetween(moment.day, candidate));
  if (!period) return [];
  const createdAt = moment.instantOf(period.from);
  const meta = { name: "checkout-gateway-debug", createdAt, manager: { name: "kubectl-create", at: createdAt } };
  return [toObject(RBAC, "ClusterRoleBinding", meta, { roleRef: roleRef("cluster-admin"), subjects: [account("checkout", "checkout-gateway")] })];
}

const rule = (apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[]): JsonRecord => ({ apiGroups, resources, verbs });
const paths = (...nonResourceURLs: readonly string[]): JsonRecord => ({ nonResourceURLs, verbs: ["get"] });

/** As the API server makes them for itself, and keeps them: without these nobody who has signed in could ask what is served. */
const SHIPPED = { labels: { "kubernetes.io/bootstrapping": "rbac-defaults" }, annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" } };
const SHIPPED_ROLES: readonly (readonly [name: string, rules: readonly JsonRecord[], groups: readonly string[]])[] = [
  ["cluster-admin", [rule(["*"], ["*"], ["*"]), { nonResourceURLs: ["*"], verbs: ["*"] }], ["system:masters"]],
  [
    "system:basic-user",
    [
      rule(["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], ["create"]),
      rule(["authentication.k8s.io"], ["selfsubjectreviews"], ["create"]),
    ],
    ["system:authenticated"],
  ],
  [
    "system:discovery",
    [paths("/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/")],
    ["system:authenticated"],
  ],
  ["system:public-info-viewer", [paths("/healthz", "/livez", "/readyz", "/version", "/version/")], ["system:authenticated", "system:unauthenticated"]],
];

/** Roles and bindings of the demo on a day; the deployer's wildcard goes when the platform team is hardened. */
export function toAccessObjects(moment: DemoMoment): JsonRecord[] {
  const createdAt = moment.instantOf(-40);
  const isPlatformDone = moment.day >= (STORY.hardened.platform ?? 0);
  const role = (name: string, rules: readonly JsonRecord[]) => toObject(RBAC, "ClusterRole", { name, createdAt }, { rules });
  const bind = (name: string, ref: string, ...subjects: readonly JsonRecord[]) =>
    toObject(RBAC, "ClusterRoleBinding", { name, createdAt }, { roleRef: roleRef(ref), subjects });
  const bindIn = (namespace: string, name: string, ref: string, ...subjects: readonly JsonRecord[]) =>
    toObject(RBAC, "RoleBinding", { name, namespace, createdAt }, { roleRef: roleRef(ref), subjects });
  return [
    ...SHIPPED_ROLES.flatMap(([name, rules, groups]) => [
      toObject(RBAC, "ClusterRole", { name, createdAt, ...SHIPPED }, { rules }),
      toObject(RBAC, "ClusterRoleBinding", { name, createdAt, ...SHIPPED }, { roleRef: roleRef(name), subjects: groups.map(group) }),
    ]),
    role("metrics-reader", [
      rule([""], ["nodes", "pods", "services", "endpoints", "namespaces"], ["get", "list", "watch"]),
      rule(["apps"], ["deployments", "daemonsets", "statefulsets"], ["get", "list", "watch"]),
    ]),
    bind("prometheus", "metrics-reader", account("observability", "prometheus"), account("observability", "kube-state")),
    role(
      "deployer",
      isPlatformDone
        ? [
            rule(["apps"], ["deployments", "statefulsets"], ["get", "list", "create", "update", "patch"]),
            rule([""], ["services", "configmaps"], ["get", "list", "create", "update", "patch"]),
          ]
        : [rule(["*"], ["*"], ["*"])],
    ),
    bind("ci-deployer", "deployer", account("ci", "deployer")),
    role("build-pods", [rule([""], ["pods", "pods/log"], ["get", "list", "create", "delete"]), rule([""], ["pods/exec"], ["create"])]),
    bindIn("ci", "build-runner", "build-pods", account("ci", "build-runner")),
    role("secret-sync", [rule([""], ["secrets"], ["get", "list", "watch", "create", "update"])]),
    ...(moment.day < 40
      ? [bind("cert-renewer", "secret-sync", account("ingress", "cert-renewer"))]
      : [bindIn("ingress", "cert-renewer", "secret-sync", account("ingress", "cert-renewer"))]),
    role("notebook-user", [rule([""], ["pods", "secrets"], ["get", "list"]), rule(["batch"], ["jobs"], ["create", "delete"])]),
    bindIn("data-platform", "notebooks", "notebook-user", account("data-platform", "notebooks")),
    bindIn("data-platform", "airflow", "notebook-user", account("data-platform", "airflow-scheduler")),
    role("team-read", [rule([""], ["pods", "services", "events"], ["get", "list", "watch"])]),
    bind("engineers", "team-read", group("engineers")),
    ...debugBinding(moment),
  ];
}
