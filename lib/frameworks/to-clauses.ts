import { NSA_SECTIONS } from "./data/nsa";
import { decides, type Mapped } from "./decides";
import { FRAMEWORK_KEYS, type FrameworkKey, FRAMEWORKS } from "./frameworks";

interface NamedClause {
  /** Both as people know them. */
  readonly framework: string;
  readonly clause: string;
  /** Where it is. */
  readonly key: FrameworkKey;
  readonly id: string;
}

/**
 * Every clause that a control decides, named as people know it. Of the benchmarks of managed services only that of the service which runs the cluster:
 * nothing counts under the numbers of another. `distribution` = what the cluster is recognised as ("eks"); null = nothing tells.
 */
export function toClauses(control: Mapped, distribution: string | null): readonly NamedClause[] {
  return FRAMEWORK_KEYS.filter((key) => [null, distribution].includes(FRAMEWORKS[key].platform)).flatMap((key) =>
    FRAMEWORKS[key].clauses
      .filter((clause) => decides(control, key, clause))
      .map(({ id }) => ({ framework: FRAMEWORKS[key].name, clause: key === "nsa" ? (NSA_SECTIONS[id] ?? id) : id, key, id })),
  );
}
