import { aks } from "./data/cis-aks";
import { cis } from "./data/cis";
import { eks } from "./data/cis-eks";
import { gke } from "./data/cis-gke";
import { mitre } from "./data/mitre";
import { mstm } from "./data/mstm";
import { nsa } from "./data/nsa";
import { owasp } from "./data/owasp";
import { pss } from "./data/pss";
import type { Framework } from "./framework";

/** In the order in which people list them. The managed benchmarks follow CIS Kubernetes; controls name the others by key. */
export const FRAMEWORKS = { cis, eks, gke, aks, nsa, pss, mitre, mstm, owasp } as const satisfies Readonly<Record<string, Framework>>;
export type FrameworkKey = keyof typeof FRAMEWORKS;

export const FRAMEWORK_KEYS = Object.keys(FRAMEWORKS) as FrameworkKey[];

export function findFrameworkKey(text: string): FrameworkKey | null {
  return FRAMEWORK_KEYS.find((key) => key === text) ?? null;
}
