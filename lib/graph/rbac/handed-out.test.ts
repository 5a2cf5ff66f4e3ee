import { expect, test } from "vitest";
import { createTestContext } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { fc } from "../../model/testing-properties";
import { answerAccess } from "./answer-access";
import { powerView } from "./power";
import type { Identity } from "./principal";
import { rbacIndexView } from "./rbac-index";
import { rule } from "./testing";

const RBAC = "rbac.authorization.k8s.io";
const SPACES = ["shop", "web"] as const;
const NAMES = ["a", "b", "c"] as const;
const user: Identity = { kind: "User", namespace: null, name: "jane" };
const subjects = [{ kind: "User", name: "jane" }];

const names = fc.subarray([...NAMES], { minLength: 1 });
const aRule = fc.oneof(
  names.map((of) => rule(RBAC, ["clusterroles"], ["bind"], of)),
  names.map((of) => rule(RBAC, ["roles"], ["bind"], of)),
  names.map((of) => rule(RBAC, ["roles", "clusterroles"], ["bind", "get"], of)),
  fc.constantFrom(
    rule(RBAC, ["clusterrolebindings"], ["create"]),
    rule("", ["secrets"], ["get"]),
    rule("", ["nodes/proxy"], ["get"]),
    rule("", ["nodes"], ["patch"]),
    rule("", ["pods/log"], ["get"]),
    rule("", ["secrets"], ["create"]),
    rule("apps", ["deployments"], ["patch"]),
    rule("", ["persistentvolumes"], ["create"]),
  ),
);
const rules = fc.array(aRule, { maxLength: 3 });
/** Bindings are written in namespaces that a Role names: where they may be written in each, no list of bindings is the same as that. */
const localRules = fc.array(fc.oneof(aRule, fc.constant(rule(RBAC, ["rolebindings"], ["create"]))), { maxLength: 3 });

const aWorld = fc
  .record({
    wide: fc.tuple(rules, rules, rules),
    local: fc.tuple(localRules, localRules, localRules, localRules),
    bound: fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 1, maxLength: 3 }),
  })
  .map(({ wide, local, bound }): readonly JsonRecord[] => {
    const roles = [
      ...wide.map((own, i) => clusterRole({ name: NAMES[i] ?? "", rules: own })),
      ...local.map((own, i) => role({ name: NAMES[i % 2] ?? "", namespace: i < 2 ? "shop" : "web", rules: own })),
    ];
    const strong = { subjects: [{ kind: "ServiceAccount", namespace: "web", name: "strong" }], roleRef: { kind: "ClusterRole", name: "cluster-admin" } };
    const held = bound.map((i) =>
      i < 2
        ? clusterRoleBinding({ name: `held-${i}`, roleRef: { kind: "ClusterRole", name: NAMES[i] ?? "" }, subjects })
        : roleBinding({ name: `held-${i}`, namespace: i % 2 === 0 ? "shop" : "web", roleRef: { kind: "Role", name: NAMES[i < 4 ? 0 : 1] ?? "" }, subjects }),
    );
    return [...roles, ...held, clusterRoleBinding({ name: "strong", ...strong })];
  });

/** Every binding that the API server would let her make for herself, made, until there is no other. */
function handOut(world: readonly JsonRecord[]): readonly JsonRecord[] {
  const made: JsonRecord[] = [];
  for (;;) {
    const index = createTestContext([...world, ...made]).view(rbacIndexView);
    const may = (verb: string, resource: string, namespace: string | undefined, name?: string) =>
      answerAccess(index, { kind: "access", user: "jane", verb, group: RBAC, resource, ...(namespace && { namespace }), ...(name && { name }) }, true).allowed;
    const kinds = ["ClusterRole", "Role"] as const;
    const next = [undefined, ...SPACES].flatMap((namespace) =>
      kinds.flatMap((kind) =>
        NAMES.flatMap((name): readonly JsonRecord[] => {
          const isThere = index.roles.has(kind === "Role" ? `Role ${namespace}/${name}` : `ClusterRole ${name}`);
          if (!isThere || (kind === "Role" && !namespace)) return [];
          const writes = may("create", namespace ? "rolebindings" : "clusterrolebindings", namespace);
          if (!writes || !may("bind", kind === "Role" ? "roles" : "clusterroles", namespace, name)) return [];
          const of = { name: `made-${namespace}-${kind}-${name}`, roleRef: { kind, name }, subjects };
          return made.some((one) => JSON.stringify(one).includes(`"${of.name}"`))
            ? []
            : [namespace ? roleBinding({ ...of, namespace }) : clusterRoleBinding(of)];
        }),
      ),
    );
    if (next.length === 0) return [...world, ...made];
    made.push(...next);
  }
}

const classIn = (world: readonly JsonRecord[]) => createTestContext(world).view(powerView).classOf(user);

test("who may hand out roles by name is as strong as with all of those bindings made", () => {
  fc.assert(
    fc.property(aWorld, (world) => {
      expect(classIn(world)).toBe(classIn(handOut(world)));
    }),
    { numRuns: 300 },
  );
});
