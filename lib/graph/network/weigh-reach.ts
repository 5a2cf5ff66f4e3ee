import { buildNamespaceMatrix, type NamespaceMatrix } from "./namespace-matrix";
import type { Reach } from "./reach";

/** The matrix, anew where the policies of some namespaces were found to be too many on the way: every page says the same of them. */
export async function weighReach(reach: Reach, pause: () => Promise<unknown>): Promise<{ readonly reach: Reach; readonly matrix: NamespaceMatrix }> {
  const countUnweighed = (): number => reach.unweighed.tooMany.size + reach.unweighed.crowded.size;
  const known = countUnweighed();
  const matrix = await buildNamespaceMatrix(reach, pause);
  return countUnweighed() === known ? { reach, matrix } : weighReach(reach.withoutTooMany(), pause);
}
