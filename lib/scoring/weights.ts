import type { Severity } from "../model/severity";

/** Price of a control by the worst severity that it can take. `info` costs nothing. */
export const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 10, high: 6, medium: 3, low: 1, info: 0 };

/** Share of the price that the first failing subject costs; the rest scales with how widespread it is. */
export const FIRST_FAILURE_SHARE: Readonly<Record<Severity, number>> = { critical: 0.5, high: 0.25, medium: 0.1, low: 0, info: 0 };

/** The best score that a layer can show while something of this severity is open. */
export const CAPS = { critical: 69, high: 89, none: 100 } as const;
