import { fc } from "@/lib/model/testing-properties";
import { type JsonRecord, record } from "@/lib/model/json";
import { manifest, type Manifest } from "../world/manifest";

const RBAC = "rbac.authorization.k8s.io";
export const MARK = "access-answers";
export const NAMESPACES = ["access-a", "access-b"] as const;

export const VERBS = ["get", "list", "watch", "create", "update", "delete", "impersonate", "bind", "*", "get*", "GET"] as const;
export const GROUPS = ["", "apps", "batch", "rbac.authorization.k8s.io", "example.com", "*"] as const;
export const RESOURCES = [
  "pods",
  "pods/exec",
  "pods/log",
  "pods/*",
  "deployments",
  "deployments/scale",
  "secrets",
  "secrets/",
  "nodes/proxy",
  "*",
  "*/scale",
  "*/exec",
  "*/*",
] as const;
export const NAMES = ["", "web", "db", "*", "web*"] as const;
export const PATHS = ["/healthz", "/healthz/etcd", "/metrics", "/metrics/", "/api", "/a", "/", "*"] as const;
const PATTERNS = ["/healthz", "/healthz*", "/healthz/*", "/metrics", "/m*", "/*", "*", "/metrics**", "/a*b"] as const;

export const USERS = [
  "ann",
  "bob",
  "system:serviceaccount:access-a:robot",
  "system:serviceaccount:access-b:robot",
  "Ann",
  "team:ann@example.com",
  "*",
  "system:serviceaccount:access-a:robot:x",
] as const;
export const USER_GROUPS = [
  "dev",
  "ops",
  "oidc:team/ops",
  "*",
  "system:authenticated",
  "system:serviceaccounts",
  "system:serviceaccounts:access-a",
  "system:masters",
] as const;

/** One to three of them, wildcards now and then. */
function some<T>(values: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
}

const resourceRule: fc.Arbitrary<JsonRecord> = fc.record(
  { verbs: some(VERBS), apiGroups: some(GROUPS), resources: some(RESOURCES), resourceNames: some(NAMES) },
  { requiredKeys: ["verbs", "apiGroups", "resources"] },
);
const pathRule: fc.Arbitrary<JsonRecord> = fc.record({ verbs: some(VERBS), nonResourceURLs: some(PATTERNS) });

const rules = (rule: fc.Arbitrary<JsonRecord>) =>
  fc.oneof({ weight: 9, arbitrary: fc.array(rule, { maxLength: 3 }) }, { weight: 1, arbitrary: fc.constant(null) });
const anyRule = fc.oneof({ weight: 4, arbitrary: resourceRule }, { weight: 1, arbitrary: pathRule });

const ROLES = [0, 1, 2, 3] as const;
const labelled = (labels: JsonRecord) => ({ labels: { [MARK]: "yes", ...labels } as Record<string, string> });

const role = (index: number): fc.Arbitrary<Manifest> =>
  fc
    .tuple(fc.constantFrom(...NAMESPACES), rules(resourceRule))
    .map(([namespace, list]) => manifest(`${RBAC}/v1`, "Role", namespace, `access-${index}`, { rules: list }, labelled({})));

const clusterRole = (index: number): fc.Arbitrary<Manifest> =>
  fc
    .tuple(rules(anyRule), fc.constantFrom("red", "blue", "none"))
    .map(([list, colour]) => manifest(`${RBAC}/v1`, "ClusterRole", null, `access-${index}`, { rules: list }, labelled({ colour })));

/** Takes its rules from others, which may be aggregated too, or from itself. */
const aggregated = (name: string, own: string): fc.Arbitrary<Manifest> =>
  fc
    .uniqueArray(fc.constantFrom("red", "blue", "green"), { minLength: 1, maxLength: 2 })
    .map((colours) =>
      manifest(
        `${RBAC}/v1`,
        "ClusterRole",
        null,
        name,
        { aggregationRule: { clusterRoleSelectors: colours.map((colour) => ({ matchLabels: { colour, [MARK]: "yes" } })) }, rules: null },
        labelled({ colour: own }),
      ),
    );

/** The API server fills in the group where it is left out. */
const apiGroup = fc.constantFrom({ apiGroup: RBAC }, {});

const subject: fc.Arbitrary<JsonRecord> = fc.oneof(
  fc.tuple(fc.constantFrom(...USERS), apiGroup).map(([name, group]) => ({ kind: "User", ...group, name })),
  fc.tuple(fc.constantFrom(...USER_GROUPS.filter((name) => name !== "system:masters")), apiGroup).map(([name, group]) => ({ kind: "Group", ...group, name })),
  fc.constantFrom(...NAMESPACES).map((namespace) => ({ kind: "ServiceAccount", namespace, name: "robot" })),
);

/** A RoleBinding may leave out the namespace of an account: it is then its own. */
function asBoundIn(where: string | null, subjects: readonly JsonRecord[]): readonly JsonRecord[] {
  return subjects.map(({ namespace, ...rest }) => (namespace === undefined || namespace === where ? rest : { ...rest, namespace }));
}

const roleName = fc.constantFrom(...ROLES.map((index) => `access-${index}`), "access-green", "access-any", "access-missing");

const binding = (index: number): fc.Arbitrary<Manifest> =>
  fc
    .record({ where: fc.constantFrom(null, ...NAMESPACES, ...NAMESPACES), isRole: fc.boolean(), name: roleName, subjects: fc.array(subject, { maxLength: 3 }) })
    .map(({ where, isRole, name, subjects }) => {
      const roleRef = { apiGroup: RBAC, kind: where !== null && isRole ? "Role" : "ClusterRole", name };
      return manifest(
        `${RBAC}/v1`,
        where === null ? "ClusterRoleBinding" : "RoleBinding",
        where,
        `access-${index}`,
        { roleRef, subjects: asBoundIn(where, subjects) },
        labelled({}),
      );
    });

/** Roles, aggregated roles and bindings, some of which lead nowhere. Every one bears the label `MARK`. */
export const randomRbac: fc.Arbitrary<readonly Manifest[]> = fc
  .tuple(
    fc.tuple(...ROLES.map(role)),
    fc.tuple(...ROLES.map(clusterRole)),
    fc.tuple(aggregated("access-green", "green"), aggregated("access-any", "blue")),
    fc.tuple(...Array.from({ length: 9 }, (_, index) => binding(index))),
  )
  .map((parts) => parts.flat());

/** The same world under other names: a name that was just deleted may still be in somebody's hands. */
export function renameWorld(world: readonly Manifest[], round: number): readonly Manifest[] {
  const rename = (part: unknown): JsonRecord => ({ ...record(part), name: `${String(record(part).name)}-${round}` });
  return world.map((object) => ({ ...object, metadata: rename(object.metadata), ...("roleRef" in object ? { roleRef: rename(object.roleRef) } : {}) }));
}

/** The labels that a role of this world bears, for selectors. */
export function labelsOf(object: Manifest): JsonRecord {
  return record(record(object.metadata).labels);
}
