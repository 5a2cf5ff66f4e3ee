/** The four rings of the 4C model, outside in. */
export const LAYERS = ["cloud", "cluster", "container", "code"] as const;
export type Layer = (typeof LAYERS)[number];
