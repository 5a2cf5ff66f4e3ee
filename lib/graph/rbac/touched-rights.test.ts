import { expect, test } from "vitest";
import { findControl, listControls } from "../../controls/registry";
import { judge } from "../../engine/judge";
import { patchObjects } from "../../engine/patch-objects";
import { proposePatch } from "../../engine/propose-patch";
import { everyRead } from "../../engine/touched-controls";
import { buildInventory } from "../../inventory/build-inventory";
import { createContext, type World } from "../../inventory/context";
import type { KubeObject } from "../../inventory/kube-object";
import { itemsOf, type Slice } from "../../inventory/slices";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { clusterRole, clusterRoleBinding, namespace, role, roleBinding, serviceAccount } from "../../inventory/testing";
import type { JsonRecord } from "../../model/json";
import { resourceKey, toResourceRef } from "../../model/resource-ref";
import { fc } from "../../model/testing-properties";
import { powerView } from "./power";
import { rbacIndexView } from "./rbac-index";
import { rule } from "./testing";
import { findTouchedRights, type Rights } from "./touched-rights";

const RBAC = "rbac.authorization.k8s.io";
const PLACES = ["shop", "pay"] as const;
const RIGHTS = new Set(["roles", "bindings", "serviceAccounts", "namespaces"]);
const LOOKED_AT = new Set(["roles", "bindings"]);
const CONTROLS = listControls().filter((control) => {
  const reads = everyRead(control);
  return reads.every((slice) => RIGHTS.has(slice)) && reads.some((slice) => LOOKED_AT.has(slice));
});

const ALL = rule("*", ["*"], ["*"]);
/** Rights that make strong by themselves, by acting as others, and only together; those that others depend on more often. */
const anyRule = fc.constantFrom(
  ALL,
  ALL,
  rule("", ["pods", "secrets"], ["*"]),
  rule("", ["secrets"], ["get", "list"]),
  rule("", ["serviceaccounts/token"], ["create"]),
  rule("", ["serviceaccounts/token"], ["create"], ["strong"]),
  rule("", ["serviceaccounts/token"], ["create"], ["strong"]),
  rule("", ["serviceaccounts"], ["impersonate"], ["strong"]),
  rule("", ["users", "groups"], ["impersonate"], ["jane", "ops"]),
  rule("", ["pods"], ["create"]),
  rule(RBAC, ["clusterroles", "roles"], ["escalate", "update"]),
  rule(RBAC, ["clusterroles", "clusterrolebindings", "rolebindings"], ["bind", "create"]),
  rule(RBAC, ["roles"], ["bind"]),
  rule(RBAC, ["rolebindings"], ["create"]),
  rule("", ["services"], ["get"]),
);
const rules = fc.array(anyRule, { minLength: 1, maxLength: 2 });
const aggregation = { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { part: "yes" } }] }, rules: [] };

const roles = fc
  .record({ placed: fc.array(rules, { minLength: 2, maxLength: 2 }), wide: fc.array(rules, { minLength: 3, maxLength: 3 }), isPart: fc.boolean() })
  .map(({ placed, wide, isPart }): readonly JsonRecord[] => [
    ...placed.map((own, at) => role({ name: "own", namespace: PLACES[at] ?? "shop", rules: own })),
    ...wide.map((own, at) => clusterRole({ name: `wide-${at}`, rules: own, ...(at === 0 && isPart && { labels: { part: "yes" } }) })),
    clusterRole({ name: "together", ...aggregation }),
    clusterRole({ name: "view", ...aggregation }),
  ]);

/** Few of them accounts, so that most hold what they hold beside the one that changes. */
const subject = fc.constantFrom(
  { kind: "User", name: "jane" },
  { kind: "User", name: "tom" },
  { kind: "User", name: "ann" },
  { kind: "Group", name: "ops" },
  { kind: "ServiceAccount", namespace: "shop", name: "app" },
  { kind: "ServiceAccount", namespace: "pay", name: "app" },
  { kind: "ServiceAccount", namespace: "shop", name: "default" },
  { kind: "Group", name: "system:serviceaccounts:shop" },
  { kind: "Group", name: "system:authenticated" },
);
const WIDE = ["wide-0", "wide-0", "wide-1", "wide-1", "wide-2", "together", "together", "view", "cluster-admin", "missing"] as const;
const bindings = fc
  .array(
    fc.record({ place: fc.constantFrom(null, ...PLACES), isOwn: fc.boolean(), wide: fc.constantFrom(...WIDE), subjects: fc.array(subject, { maxLength: 3 }) }),
    { minLength: 2, maxLength: 7 },
  )
  .map((all) =>
    all.map(({ place, isOwn, wide, subjects }, at): JsonRecord => {
      const name = `binding-${at}`;
      if (place === null) return clusterRoleBinding({ name, roleRef: { kind: "ClusterRole", name: wide }, subjects });
      return roleBinding({ name, namespace: place, roleRef: isOwn ? { kind: "Role", name: "own" } : { kind: "ClusterRole", name: wide }, subjects });
    }),
  );
/** What makes an account strong, on which the others may depend. */
const strength = fc
  .record({ name: fc.constantFrom("wide-0", "together", "view", "cluster-admin"), place: fc.constantFrom(null, null, ...PLACES) })
  .map(({ name, place }) => {
    const made = { name: "strength", roleRef: { kind: "ClusterRole", name }, subjects: [{ kind: "ServiceAccount", namespace: "shop", name: "strong" }] };
    return place === null ? clusterRoleBinding(made) : roleBinding({ ...made, namespace: place });
  });
const world = fc
  .tuple(strength, roles, bindings)
  .map(([strong, made, bound]) => [strong, ...made, ...bound, ...PLACES.map((name) => namespace({ name })), serviceAccount({ name: "strong" })]);

interface Told extends World, Rights {
  readonly objects: readonly JsonRecord[];
}

/** Objects that are the same in another world are the very same here, as they are where a snapshot is tried with a change. */
function toWorld(objects: readonly JsonRecord[], other?: Told): Told {
  const made = buildInventory(objects, WHOLE_CLUSTER);
  const same = new Set(other?.objects.filter((object) => objects.includes(object)).map((object) => resourceKey(toResourceRef(object))));
  const known = new Map([...(other?.context.slices.roles ?? []), ...(other?.context.slices.bindings ?? [])].map((item) => [resourceKey(item.ref), item]));
  const share = (slice: Slice<KubeObject>): Slice<KubeObject> => ({
    state: "read",
    items: itemsOf(slice).map((item) => (same.has(resourceKey(item.ref)) ? (known.get(resourceKey(item.ref)) ?? item) : item)),
  });
  const inventory = { ...made, slices: { ...made.slices, roles: share(made.slices.roles), bindings: share(made.slices.bindings) } };
  const context = createContext(inventory);
  return { objects, inventory, context, index: context.view(rbacIndexView), power: context.view(powerView) };
}

/** All that is said, by what it is said of. */
function judgeAll({ inventory, context }: World): ReadonlyMap<string, string> {
  const verdicts = [...judge(inventory, CONTROLS, undefined, context)];
  return new Map(verdicts.map(({ control, resource, locator, ...said }) => [`${control} ${locator} of ${resourceKey(resource)}`, JSON.stringify(said)]));
}

function expectAllTouched(before: Told, after: Told, what: unknown): number {
  const { keys } = findTouchedRights(before, after);
  const [old, now] = [judgeAll(before), judgeAll(after)];
  const moved = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
  const missed = moved.filter((key) => !keys.has(key.slice(key.indexOf(" of ") + 4)));
  expect(missed, JSON.stringify(what)).toEqual([]);
  return moved.length;
}

test("whatever a patch of rights changes, all that is judged otherwise is touched", () => {
  fc.assert(
    fc.property(world, (objects) => {
      const before = toWorld(objects);
      for (const { control: id, resource, locator, state } of judge(before.inventory, CONTROLS, undefined, before.context)) {
        const control = findControl(id);
        const patch = control && state === "fail" ? proposePatch(before.inventory, control, resource, locator, before.context) : null;
        if (patch) expectAllTouched(before, toWorld(patchObjects(objects, resource, patch), before), [id, resource, patch]);
      }
    }),
    { numRuns: 25 },
  );
});

test("and whatever else becomes of one role or binding", () => {
  let moved = 0;
  fc.assert(
    fc.property(
      world,
      rules,
      fc.array(subject, { maxLength: 2 }),
      fc.nat(),
      fc.constantFrom("gone", "other", "labelled"),
      (objects, otherRules, subjects, at, what) => {
        const able = objects.filter(({ kind }) => kind !== "Namespace" && kind !== "ServiceAccount");
        const picked = able[at % 2 === 0 ? 0 : at % able.length];
        const isRole = picked?.kind === "Role" || picked?.kind === "ClusterRole";
        const labelled = { ...picked, metadata: { ...(picked?.metadata as JsonRecord), labels: { part: "yes" } } }; // safe: the builders give each object its metadata
        const other = what === "labelled" ? labelled : { ...picked, ...(isRole ? { rules: otherRules } : { subjects }) };
        const after = objects.flatMap((object) => (object !== picked ? [object] : what === "gone" ? [] : [other]));
        const before = toWorld(objects);
        moved += expectAllTouched(before, toWorld(after, before), [what, picked, other]);
      },
    ),
    { numRuns: 250 },
  );
  expect(moved).toBeGreaterThan(100);
});

test("sources that roles share are gone through a few times, however many share them", () => {
  const takers = Array.from({ length: 50 }, (_, at) => clusterRole({ name: `taker-${at}`, ...aggregation, rules: [rule("", ["services"], ["get"])] }));
  const part = clusterRole({ name: "part", labels: { part: "yes" }, rules: [rule("", ["pods"], ["create"])] });
  const before = toWorld([part, ...takers]);
  const after = toWorld([{ ...part, rules: [] }, ...takers], before);
  let times = 0;
  for (const list of new Set([...before.index.sources.values(), ...after.index.sources.values()])) {
    const counted = () => {
      times += 1;
      return list.values();
    };
    Object.defineProperty(list, Symbol.iterator, { value: counted });
  }
  expect(findTouchedRights(before, after).keys.size).toBe(51);
  expect(times).toBeLessThan(10);
});
