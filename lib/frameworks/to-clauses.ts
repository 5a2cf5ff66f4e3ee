import { NSA_SECTIONS } from "./data/nsa";
import { FRAMEWORK_KEYS, type FrameworkKey, FRAMEWORKS } from "./frameworks";

/** Every clause that a control maps to, named as people know it. */
export function toClauses(
  frameworks: { readonly [K in FrameworkKey]?: readonly string[] },
): readonly { readonly framework: string; readonly clause: string }[] {
  return FRAMEWORK_KEYS.flatMap((key) =>
    (frameworks[key] ?? []).map((clause) => ({ framework: FRAMEWORKS[key].name, clause: key === "nsa" ? (NSA_SECTIONS[clause] ?? clause) : clause })),
  );
}
