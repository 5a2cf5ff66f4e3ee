import { NSA_SECTIONS } from "./data/nsa";
import { decides, type Mapped } from "./decides";
import { FRAMEWORK_KEYS, FRAMEWORKS } from "./frameworks";

/** Every clause that a control decides, named as people know it. Benchmarks of one platform only are left out: few readers are on it. */
export function toClauses(control: Mapped): readonly { readonly framework: string; readonly clause: string }[] {
  return FRAMEWORK_KEYS.filter((key) => FRAMEWORKS[key].platform === null).flatMap((key) =>
    FRAMEWORKS[key].clauses
      .filter((clause) => decides(control, key, clause))
      .map(({ id }) => ({ framework: FRAMEWORKS[key].name, clause: key === "nsa" ? (NSA_SECTIONS[id] ?? id) : id })),
  );
}
