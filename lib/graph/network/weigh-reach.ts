import { buildNamespaceMatrix, type NamespaceMatrix } from "./namespace-matrix";
import type { Reach } from "./reach";

/** The matrix, anew where the policies of some namespaces were found to be too many on the way: every page says the same of them. */
export async function weighReach(reach: Reach, pause: () => Promise<unknown>): Promise<{ readonly reach: Reach; readonly matrix: NamespaceMatrix }> {
  const known = reach.tooMany.size;
  const matrix = await buildNamespaceMatrix(reach, pause);
  return reach.tooMany.size === known ? { reach, matrix } : weighReach(reach.withoutTooMany(), pause);
}
