import { cis } from "./data/cis";
import { mitre } from "./data/mitre";
import { mstm } from "./data/mstm";
import { nsa } from "./data/nsa";
import { owasp } from "./data/owasp";
import { pss } from "./data/pss";
import type { Framework } from "./framework";

/** By the key of a control's declaration, in the order in which people list them. */
export const FRAMEWORKS = { cis, nsa, pss, mitre, mstm, owasp } as const satisfies Readonly<Record<string, Framework>>;
export type FrameworkKey = keyof typeof FRAMEWORKS;

export const FRAMEWORK_KEYS = Object.keys(FRAMEWORKS) as FrameworkKey[];

export function findFrameworkKey(text: string): FrameworkKey | null {
  return FRAMEWORK_KEYS.find((key) => key === text) ?? null;
}
