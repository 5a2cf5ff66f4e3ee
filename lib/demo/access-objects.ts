import "server-only";
import type { JsonRecord } from "@/lib/model/json";
import { toObject } from "./kubernetes-object";
import { isBetween, STORY } from "./story";
import type { DemoMoment } from "./workload-objects";

const RBAC = "rbac.authorization.k8s.io/v1";
const account = (namespace: string, name: string): JsonRecord => ({ kind: "ServiceAccount", namespace, name });
const group = (name: string): JsonRecord => ({ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name });
const roleRef = (kind: string, name: string): JsonRecord => ({ apiGroup: "rbac.authorization.k8s.io", kind, name });

function debugBinding(moment: DemoMoment): JsonRecord[] {
  const period = [STORY.firstDebugBinding, STORY.secondDebugBinding].find((candidate) => isBetween(moment.day, candidate));
  if (!period) return [];
  const createdAt = moment.instantOf(period.from);
  const meta = { name: "checkout-gateway-debug", createdAt, manager: { name: "kubectl-create", at: createdAt } };
  return [
    toObject(RBAC, "ClusterRoleBinding", meta, { roleRef: roleRef("ClusterRole", "cluster-admin"), subjects: [account("checkout", "checkout-gateway")] }),
  ];
}

const rule = (apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[]): JsonRecord => ({ apiGroups, resources, verbs });

/** Roles and bindings of the demo on a day; the deployer's wildcard goes when the platform team is hardened. */
export function toAccessObjects(moment: DemoMoment): JsonRecord[] {
  const createdAt = moment.instantOf(-40);
  const isPlatformDone = moment.day >= (STORY.hardened.platform ?? 0);
  const role = (name: string, rules: readonly JsonRecord[], labels?: Readonly<Record<string, string>>) =>
    toObject(RBAC, "ClusterRole", { name, createdAt, ...(labels && { labels }) }, { rules });
  const bind = (name: string, ref: string, ...subjects: readonly JsonRecord[]) =>
    toObject(RBAC, "ClusterRoleBinding", { name, createdAt }, { roleRef: roleRef("ClusterRole", ref), subjects });
  const bindIn = (namespace: string, name: string, ref: string, ...subjects: readonly JsonRecord[]) =>
    toObject(RBAC, "RoleBinding", { name, namespace, createdAt }, { roleRef: roleRef("ClusterRole", ref), subjects });
  const shipped = { "kubernetes.io/bootstrapping": "rbac-defaults" };
  return [
    role("cluster-admin", [rule(["*"], ["*"], ["*"]), { nonResourceURLs: ["*"], verbs: ["*"] }], shipped),
    bind("cluster-admin", "cluster-admin", group("system:masters")),
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
