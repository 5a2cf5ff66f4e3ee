import { isShippedDefault, hasShippedName, listShippedSubjects, toSubjectText } from "../../inventory/shipped-rbac";
import { list, record } from "../../model/json";
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
