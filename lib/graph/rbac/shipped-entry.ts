import { isProviderRbac, isProviderSubject } from "../../inventory/provider-rbac";
import { isShippedDefault, hasShippedName, listShippedSubjects, toSubjectText } from "../../inventory/shipped-rbac";
import { list, record } from "../../model/json";
import type { Inventory } from "../../inventory/inventory";
import type { BoundEntry } from "./rbac-index";

/**
 * An entry that the API server made itself: a subject that the shipped binding has, of a role whose rules are the shipped ones.
 * An entry that somebody added to such a binding is not one.
 */
export function isShippedEntry({ binding, subjectIndex }: BoundEntry): boolean {
  const { object, role } = binding;
  if (!role || !hasShippedName(object.ref, object.body) || !isShippedDefault(role.object.ref, role.object.body)) return false;
  const subject = record(list(object.body.subjects)[subjectIndex]);
  return listShippedSubjects(object.ref)?.includes(toSubjectText(subject)) ?? false;
}

/**
 * An entry that the provider of this platform made for itself. Of a group, which others may be in, only of a role whose rules are known: they are what it
 * gives.
 */
export function isProviderEntry({ binding, subjectIndex }: BoundEntry, { distribution }: Pick<Inventory, "distribution">): boolean {
  const { object, role } = binding;
  if (!distribution || !isProviderSubject(distribution, object.ref, object.body, subjectIndex)) return false;
  if (record(list(object.body.subjects)[subjectIndex]).kind !== "Group") return true;
  if (!role) return false;
  const { ref, body } = role.object;
  return isShippedDefault(ref, body) || isProviderRbac(distribution, ref, body);
}
