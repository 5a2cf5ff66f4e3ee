import { type JsonRecord, list, record } from "../model/json";
import { named } from "../model/named";
import type { ResourceRef } from "../model/resource-ref";
import type { Distribution } from "./cloud/cloud-provider";
import { PROVIDER_BINDINGS, PROVIDER_ROLE_RULES, type ProviderBinding } from "./data/provider-rbac";
import { toSubjectText } from "./shipped-rbac";
import { fitsName } from "./values/fits-name";
import { toRuleDigest } from "./values/rule-digest";

/** A platform whose provider gives rights to itself that are known. */
export function hasProviderRights(distribution: unknown): distribution is Distribution {
  return typeof distribution === "string" && Object.hasOwn(PROVIDER_BINDINGS, distribution);
}

/** Those that a provider makes under this name for this role: one of them may name a subject that another does not. */
function findRows(distribution: Distribution, ref: ResourceRef, body: JsonRecord): readonly ProviderBinding[] {
  const { kind, name } = record(body.roleRef);
  const role = kind === "Role" ? `Role ${ref.namespace}/${String(name)}` : `${String(kind)} ${String(name)}`;
  const binding = named(ref);
  return (PROVIDER_BINDINGS[distribution] ?? []).filter(([its, itsRole]) => fitsName(its, binding) && fitsName(itsRole, role));
}

function names([, , ...subjects]: ProviderBinding, subject: unknown): boolean {
  const text = toSubjectText(record(subject));
  return subjects.some((pattern) => fitsName(pattern, text));
}

/** One entry of `subjects` that the provider of this platform puts there, by its index: binding, role and subject fit each other. */
export function isProviderSubject(distribution: Distribution, ref: ResourceRef, body: JsonRecord, index: number): boolean {
  return findRows(distribution, ref, body).some((row) => names(row, list(body.subjects)[index]));
}

const NAMES: readonly string[] = [
  ...Object.values(PROVIDER_BINDINGS).flatMap((rows) => rows.map(([binding]) => binding)),
  ...Object.values(PROVIDER_ROLE_RULES).flatMap((roles) => Object.keys(roles)),
];

/** Whether an RBAC object may be one that a provider makes, on whatever platform, by its kind and name alone. */
export function hasProviderName(ref: Pick<ResourceRef, "kind" | "namespace" | "name">): boolean {
  const name = named(ref);
  return NAMES.some((pattern) => fitsName(pattern, name));
}

/**
 * An RBAC object that the provider of this platform made: a binding that names nobody but whom the provider binds so to this role, or a role each of whose
 * rules is one that the provider gives it. The name alone proves nothing.
 */
export function isProviderRbac(distribution: Distribution, ref: ResourceRef, body: JsonRecord): boolean {
  const rules = PROVIDER_ROLE_RULES[distribution]?.[named(ref)];
  if (rules) return body.aggregationRule === undefined && list(body.rules).every((rule) => rules.includes(toRuleDigest([rule])));
  return findRows(distribution, ref, body).some((row) => list(body.subjects).every((subject) => names(row, subject)));
}
