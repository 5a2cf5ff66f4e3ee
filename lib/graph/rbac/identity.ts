import { type JsonRecord, text } from "../../model/json";
import type { Identity } from "./principal";

const ACCOUNT_PREFIX = "system:serviceaccount:";

/** `system:serviceaccount:ns:name` -> that account; anything else null. */
export function parseAccountUser(user: string): { namespace: string; name: string } | null {
  if (!user.startsWith(ACCOUNT_PREFIX)) return null;
  const [namespace, name, ...rest] = user.slice(ACCOUNT_PREFIX.length).split(":");
  return namespace && name && rest.length === 0 ? { namespace, name } : null;
}

/**
 * Whom one entry of `subjects` means; null for an entry that reaches nobody. A service account without a namespace is in that of
 * its RoleBinding; a User entry with a service account's user name is that account.
 */
export function toIdentity(subject: JsonRecord, bindingNamespace: string | null): Identity | null {
  const name = text(subject.name);
  if (!name) return null;
  if (subject.kind === "ServiceAccount") {
    const namespace = text(subject.namespace) || bindingNamespace;
    return namespace ? { kind: "ServiceAccount", namespace, name } : null;
  }
  if (subject.kind === "Group") return { kind: "Group", namespace: null, name };
  if (subject.kind !== "User") return null;
  const account = parseAccountUser(name);
  return account ? { kind: "ServiceAccount", ...account } : { kind: "User", namespace: null, name };
}

function toUserName(identity: Identity): string {
  return identity.kind === "ServiceAccount" ? `${ACCOUNT_PREFIX}${identity.namespace}:${identity.name}` : identity.name;
}

/** One key for all ways to name an identity. */
export function identityKey(identity: Identity): string {
  return `${identity.kind === "Group" ? "group" : "user"} ${toUserName(identity)}`;
}

export function groupKey(name: string): string {
  return identityKey({ kind: "Group", namespace: null, name });
}

/** The groups that an identity is in by being what it is; those that an authenticator adds are not in the API. */
export function listImplicitGroups(identity: Identity): readonly string[] {
  if (identity.kind === "ServiceAccount") return ["system:serviceaccounts", `system:serviceaccounts:${identity.namespace}`, "system:authenticated"];
  if (identity.name === "system:anonymous" || identity.name === "system:unauthenticated") return ["system:unauthenticated"];
  // Whoever is in the group of one namespace is a service account.
  if (identity.kind === "Group" && identity.name.startsWith("system:serviceaccounts:")) return ["system:serviceaccounts", "system:authenticated"];
  return ["system:authenticated"];
}

/** `service account payments/api`, `group oncall`, `user jane`. */
export function describeIdentity(identity: Identity): string {
  if (identity.kind === "ServiceAccount") return `service account ${identity.namespace}/${identity.name}`;
  return `${identity.kind.toLowerCase()} ${identity.name}`;
}

/** The group that Kubernetes itself binds to cluster-admin. */
export function isMasters({ kind, name }: Identity): boolean {
  return kind === "Group" && name === "system:masters";
}
