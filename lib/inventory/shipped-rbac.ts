import { dig, type JsonRecord, record, records, text } from "../model/json";
import { named } from "../model/named";
import type { ResourceRef } from "../model/resource-ref";
import { SHIPPED_BINDINGS, SHIPPED_ROLES } from "./data/shipped-rbac";
import { toRuleDigest } from "./values/rule-digest";

/** `Group system:masters`, `ServiceAccount kube-system/ttl-controller`: an entry of `subjects` in one word. */
export function toSubjectText(subject: JsonRecord): string {
  const namespace = subject.kind === "ServiceAccount" ? `${text(subject.namespace) ?? ""}/` : "";
  return `${text(subject.kind) ?? ""} ${namespace}${text(subject.name) ?? ""}`;
}

function hasDefaultsLabel(body: JsonRecord): boolean {
  return dig(body, "metadata", "labels", "kubernetes.io/bootstrapping") === "rbac-defaults";
}

/** One of the objects that every API server makes for itself, by name and label; what is in it may have been changed. */
export function hasShippedName(ref: ResourceRef, body: JsonRecord): boolean {
  const name = named(ref);
  return hasDefaultsLabel(body) && (Object.hasOwn(SHIPPED_ROLES, name) || Object.hasOwn(SHIPPED_BINDINGS, name));
}

/** A role that every API server makes: it is there even where a set of manifests does not list it. */
export function isShippedRoleName(ref: Pick<ResourceRef, "kind" | "namespace" | "name">): boolean {
  return Object.hasOwn(SHIPPED_ROLES, named(ref));
}

const SHIPPED_ACCOUNTS: ReadonlySet<string> = new Set(Object.values(SHIPPED_BINDINGS).flatMap(({ subjects }) => subjects));

/** An account that a controller of the control plane makes for itself: it is there even where a set of manifests does not list it. */
export function isShippedAccount(namespace: string | null, name: string): boolean {
  return SHIPPED_ACCOUNTS.has(`ServiceAccount ${namespace}/${name}`);
}

/** The subjects that a shipped binding has by itself; null = no binding of that name is shipped. */
export function listShippedSubjects(ref: ResourceRef): readonly string[] | null {
  const name = named(ref);
  return Object.hasOwn(SHIPPED_BINDINGS, name) ? (SHIPPED_BINDINGS[name]?.subjects ?? []) : null;
}

/**
 * An RBAC object that the API server made and nobody changed: label, name, and rules (or role and subjects) equal those of a
 * known version. The name and the label alone prove nothing.
 */
export function isShippedDefault(ref: ResourceRef, body: JsonRecord): boolean {
  if (!hasShippedName(ref, body)) return false;
  const name = named(ref);
  const digests = Object.hasOwn(SHIPPED_ROLES, name) ? SHIPPED_ROLES[name] : undefined;
  if (digests) return digests.includes(toRuleDigest(body.rules));
  const shipped = Object.hasOwn(SHIPPED_BINDINGS, name) ? SHIPPED_BINDINGS[name] : undefined;
  const { kind, name: role } = record(body.roleRef);
  const subjects = records(body.subjects).map(toSubjectText);
  return shipped !== undefined && shipped.role === `${String(kind)} ${String(role)}` && subjects.every((subject) => shipped.subjects.includes(subject));
}
