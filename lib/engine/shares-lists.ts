import type { AnyControl } from "../controls/define";

/**
 * Whether many subjects of a control may share one list of weaknesses: the members of one binding are judged once. To hold what was made of each list of
 * other subjects takes longer than to make it.
 */
export function sharesLists({ subject }: AnyControl): boolean {
  return subject === "principal";
}
