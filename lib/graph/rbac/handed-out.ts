import { rememberedOf } from "../../model/remembered";
import { capabilitiesOfRoles, type Held, type HeldByScope, type HeldCapabilities, joinCapabilities, type Reach } from "./held-capabilities";
import type { IndexedRole } from "./indexed-role";
import { type RbacIndex, roleKey } from "./rbac-index";

/** Somewhere a binding may be written: null = by ClusterRoleBindings, or, of what is in a namespace alone, by RoleBindings in each. */
interface HandedOut {
  readonly scope: string | null;
  readonly reach: Reach;
  readonly roles: readonly string[];
}

/** A role may let hand out the next one. What is handed out in more rounds, or of more roles, is not followed: it is taken for all roles. */
const MOST_ROUNDS = 10;
const MOST_ROLES = 300;

/** What roles give together: told once for each row of them, however many may hand it out. */
const capabilitiesOf = rememberedOf(({ roles }: RbacIndex) => {
  const known = new Map<string, HeldCapabilities>();
  return (keys: readonly string[], reach: Reach): HeldCapabilities => {
    const row = `${reach} ${keys.join()}`;
    let held = known.get(row);
    if (!held) {
      const all = keys.flatMap((key) => roles.get(key) ?? []);
      known.set(row, (held = capabilitiesOfRoles(all, reach)));
    }
    return held;
  };
});

const rolesByName = rememberedOf(({ roles }: RbacIndex) =>
  Map.groupBy(
    [...roles.values()].map(({ object }: IndexedRole) => object.ref).filter(({ kind }) => kind === "Role"),
    ({ name }) => name,
  ),
);

/** The ClusterRoles that rules name for `bind`, with the places where bindings may be written too. */
function listClusterRoles(names: readonly string[], scope: string | null, scopes: HeldByScope, { roles }: RbacIndex): readonly HandedOut[] {
  const keys = names.map((name) => roleKey({ kind: "ClusterRole", namespace: null, name })).filter((key) => roles.has(key));
  if (keys.length === 0) return [];
  const isWide = scope === null && writes(scopes, null, "clusterrolebindings");
  const inSome = scope === null && !writes(scopes, null, "rolebindings") ? [...scopes.keys()].filter((one) => one !== null) : [scope];
  const local = inSome.filter((one) => mayBindIn(scopes, one)).map((one): HandedOut => ({ scope: one, reach: "namespaced", roles: keys }));
  return isWide ? [{ scope, reach: "cluster", roles: keys }, ...local] : local;
}

function listRoles(names: readonly string[], scope: string | null, scopes: HeldByScope, index: RbacIndex): readonly HandedOut[] {
  const named = names.flatMap((name) => rolesByName(index).get(name) ?? []);
  const byNamespace = Map.groupBy(named, (ref) => ref.namespace);
  return [...byNamespace]
    .filter(([namespace]) => (scope === null || scope === namespace) && mayBindIn(scopes, namespace))
    .map(([namespace, refs]) => ({ scope: namespace, reach: "namespaced", roles: refs.map(roleKey) }));
}

function writes(scopes: HeldByScope, scope: string | null, resource: string): boolean {
  return scopes.get(scope)?.get("bindingWrite")?.resources.has(resource) === true;
}

function mayBindIn(scopes: HeldByScope, scope: string | null): boolean {
  return writes(scopes, null, "rolebindings") || writes(scopes, scope, "rolebindings");
}

function listHandedOut({ names, resources }: Held, scope: string | null, scopes: HeldByScope, index: RbacIndex): readonly HandedOut[] {
  const own = [...names];
  return [
    ...(resources.has("clusterroles") ? listClusterRoles(own, scope, scopes, index) : []),
    ...(resources.has("roles") ? listRoles(own, scope, scopes, index) : []),
  ];
}

/** Whoever may hand out some roles, as one who may hand out each of them. */
function bindingAll(scopes: HeldByScope): HeldByScope {
  const all = [...scopes].flatMap(([scope, held]): readonly (readonly [string | null, HeldCapabilities])[] => {
    const bind = held.get("bind");
    return bind ? [[scope, new Map([["bind", { ...bind, isUnnamed: true }]])]] : [];
  });
  return joinCapabilities([scopes, new Map(all)]);
}

/** What somebody holds, and what they may hand themselves: roles that rules name for `bind`, and those that these let bind. */
export function withHandedOut(own: HeldByScope, index: RbacIndex): HeldByScope {
  const known = new Set<string>();
  let scopes = own;
  let count = 0;
  for (let round = 0; round <= MOST_ROUNDS; round += 1) {
    const binds = [...scopes].flatMap(([scope, held]) => {
      const bind = held.get("bind");
      return bind && bind.names.size > 0 ? listHandedOut(bind, scope, scopes, index) : [];
    });
    const more = binds.filter(({ scope, reach, roles }) => {
      const key = `${scope === null ? reach : `in ${scope}`} ${roles.join()}`;
      return !known.has(key) && known.add(key);
    });
    if (more.length === 0) return scopes;
    for (const { roles } of more) count += roles.length;
    if (count > MOST_ROLES) break;
    scopes = joinCapabilities([scopes, ...more.map(({ scope, reach, roles }) => new Map([[scope, capabilitiesOf(index)(roles, reach)]]))]);
  }
  return bindingAll(scopes);
}
