import type { KubeVersion } from "../../inventory/inventory";
import { defineView } from "../../inventory/view";
import { rememberedOf } from "../../model/remembered";
import { type ActAs, type DirectPower, type PowerClass, toDirectPower } from "./direct-power";
import { capabilitiesOfRole, joinCapabilities } from "./held-capabilities";
import { withHandedOut } from "./handed-out";
import { groupKey, identityKey, listImplicitGroups } from "./identity";
import { createHoldings } from "./principals";
import type { Identity } from "./principal";
import { type BoundEntry, type RbacIndex, rbacIndexView } from "./rbac-index";

export interface Power {
  /** Of an identity by itself and by the groups that it is always in. */
  readonly classOf: (identity: Identity) => PowerClass;
  /** What others get who act as it by its name: nothing of an identity that no binding names. */
  readonly classNamed: (identity: Identity) => PowerClass;
  /** kube-system, and namespaces with a service account that can take the cluster. */
  readonly isPrivileged: (namespace: string) => boolean;
  /** The strongest service account of a namespace. */
  readonly strongestIn: (namespace: string) => PowerClass;
  /** The strongest service account that has one of these names, in whatever namespace. */
  readonly strongestNamed: (names: readonly string[]) => PowerClass;
}

const ALL_ACCOUNTS = ["group system:serviceaccounts", "group system:authenticated"];

function stronger(a: PowerClass, b: PowerClass): PowerClass {
  return a < b ? a : b;
}

/** Worked out once for all arguments with the same key. */
function shared<A, R>(compute: (argument: A) => R, keyOf: (argument: A) => object): (argument: A) => R {
  const known = new Map<object, { readonly result: R }>();
  return (argument) => {
    const key = keyOf(argument);
    const found = known.get(key) ?? { result: compute(argument) };
    known.set(key, found);
    return found.result;
  };
}

/** Classes rise by acting as stronger service accounts, until nothing changes; there are finitely many. */
class Fixpoint {
  private readonly direct: ReadonlyMap<string, DirectPower>;
  private readonly accounts: readonly Identity[];
  private readonly accountsByName: ReadonlyMap<string, readonly Identity[]>;
  /** Groups that hold service accounts, of every namespace. */
  private readonly accountGroups: readonly string[];
  readonly classes = new Map<string, PowerClass>();
  private readonly strongest = new Map<string, PowerClass>();
  private everywhere: PowerClass = 6;

  constructor(index: RbacIndex, version: KubeVersion | null) {
    const holdingOf = createHoldings(index);
    // Those that the same bindings name are as strong, however many they are, unless a group adds to that.
    const collected = shared(
      (entries: readonly BoundEntry[]) =>
        joinCapabilities(entries.flatMap(({ binding: { role, namespace } }) => (role ? [capabilitiesOfRole(role, namespace)] : []))),
      (entries) => holdingOf(entries),
    );
    const powerOf = shared(
      (keys: readonly string[]) =>
        toDirectPower(withHandedOut(joinCapabilities(keys.flatMap((key) => collected(index.entries.get(key) ?? []))), index), version),
      (keys) => holdingOf(...keys.map((key) => index.entries.get(key) ?? [])),
    );
    this.direct = new Map(
      [...index.identities].map(([key, identity]) => {
        // What its groups give adds to what it has by itself: one may let it bind, the other write bindings.
        const groups = listImplicitGroups(identity).map(groupKey);
        return [key, powerOf([...new Set([key, ...groups])].filter((one) => index.entries.has(one)))];
      }),
    );
    this.accountGroups = [...this.direct.keys()].filter((key) => ALL_ACCOUNTS.includes(key) || key.startsWith("group system:serviceaccounts:"));
    this.accounts = [...index.identities.values()].filter((identity) => identity.kind === "ServiceAccount");
    this.accountsByName = Map.groupBy(this.accounts, ({ name }) => name);
    for (const [key, { power }] of this.direct) this.classes.set(key, power);
    let isStable = false;
    while (!isStable) isStable = this.step();
  }

  private own(key: string): PowerClass {
    return this.classes.get(key) ?? 6;
  }

  /** Of any account of a namespace: what every account holds, and what all of that namespace hold. */
  common(namespace: string): PowerClass {
    return [...ALL_ACCOUNTS, `group system:serviceaccounts:${namespace}`].map((key) => this.own(key)).reduce(stronger);
  }

  strongestIn(namespace: string | null): PowerClass {
    return namespace === null ? this.everywhere : stronger(this.strongest.get(namespace) ?? 6, this.common(namespace));
  }

  isPrivileged(namespace: string): boolean {
    return namespace === "kube-system" || this.strongestIn(namespace) === 1;
  }

  strongestNamed(names: readonly string[]): PowerClass {
    return this.reach({ namespace: null, names, atLeast: 6 });
  }

  private reach({ namespace, names, isOfPeople, atLeast }: ActAs): PowerClass {
    if (isOfPeople) return (names ?? []).flatMap((name) => [this.own(`user ${name}`), this.own(`group ${name}`)]).reduce(stronger, atLeast);
    if (names === null) return stronger(this.strongestIn(namespace), atLeast);
    const called = [...new Set(names)].flatMap((name) => this.accountsByName.get(name) ?? []);
    const named = called.filter((account) => namespace === null || account.namespace === namespace);
    return named.map((account) => this.own(identityKey(account))).reduce(stronger, atLeast);
  }

  /** What acting as others, and ruling their namespaces, comes to for now. */
  private gain({ actsAs, rulesNamespaces }: DirectPower): PowerClass {
    if (rulesNamespaces.some((namespace) => this.isPrivileged(namespace))) return 1;
    return actsAs.map((act) => this.reach(act)).reduce(stronger, 6);
  }

  private step(): boolean {
    this.everywhere = this.accountGroups.map((key) => this.own(key)).reduce(stronger, 6);
    for (const account of this.accounts) {
      const power = this.own(identityKey(account));
      this.everywhere = stronger(this.everywhere, power);
      const namespace = account.namespace ?? "";
      this.strongest.set(namespace, stronger(this.strongest.get(namespace) ?? 6, power));
    }
    let isStable = true;
    // What many have in common is looked at once in each round.
    const gain = rememberedOf((direct: DirectPower) => this.gain(direct));
    for (const [key, direct] of this.direct) {
      const before = this.own(key);
      const power = stronger(before, gain(direct));
      if (power !== before) isStable = false;
      this.classes.set(key, power);
    }
    return isStable;
  }
}

export const powerView = defineView({
  reads: ["roles", "bindings"],
  compute: (context): Power => {
    const fixpoint = new Fixpoint(context.view(rbacIndexView), context.kubeVersion);
    return {
      classOf: (identity) => {
        const own = fixpoint.classes.get(identityKey(identity)) ?? 6;
        return identity.kind === "ServiceAccount" ? stronger(own, fixpoint.common(identity.namespace ?? "")) : own;
      },
      classNamed: (identity) => fixpoint.classes.get(identityKey(identity)) ?? 6,
      isPrivileged: (namespace) => fixpoint.isPrivileged(namespace),
      strongestIn: (namespace) => fixpoint.strongestIn(namespace),
      strongestNamed: (names) => fixpoint.strongestNamed(names),
    };
  },
});
