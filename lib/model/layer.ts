/** The four rings of the 4C model, outside in. */
export const LAYERS = ["cloud", "cluster", "container", "code"] as const;
export type Layer = (typeof LAYERS)[number];

/** Below this coverage a layer shows "not enough evidence" instead of a score. */
export const ENOUGH_COVERAGE = 0.6;

/** It has no score because it holds nothing to judge, and not because too little could be assessed. `coverage` from 0 to 1. */
export function hasNothingToJudge({ score, coverage }: { readonly score: number | null; readonly coverage: number }): boolean {
  return score === null && coverage >= ENOUGH_COVERAGE;
}

/** The same of all layers of a snapshot; without one nothing is known of what a cluster holds. */
export function isAllEmpty(layers: readonly Parameters<typeof hasNothingToJudge>[0][]): boolean {
  return layers.length > 0 && layers.every(hasNothingToJudge);
}

/** The layer with the lowest score, of equal ones the first (outside in, the outer); null = none has a score. */
export function findWeakest<T extends { readonly score: number | null }>(layers: readonly T[]): (T & { readonly score: number }) | null {
  const scored = layers.filter((layer): layer is T & { readonly score: number } => layer.score !== null);
  return scored.reduce<(typeof scored)[number] | null>((weakest, layer) => (weakest === null || layer.score < weakest.score ? layer : weakest), null);
}
