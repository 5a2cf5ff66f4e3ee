import { CEL_LIMITS, limitText } from "./cel-limits";

/** What a control may use, for one object and for all of them together. */
export type CelShare = { readonly [K in "objectSteps" | "controlSteps" | "controlMs"]: number };

/** Counts what a control has used, so that no expression runs for longer than its share. */
export interface CelBudget {
  /** Before each object. False when the control may not go on at all. */
  readonly begin: () => boolean;
  readonly end: () => void;
  /** Throws when the share is used up. Deterministic but for the last resort, the clock. */
  readonly charge: (steps: number) => void;
  /** Throws: what was asked for is too large. */
  readonly refuse: (problem: string) => never;
  /** Why the last object could not be judged; null when it could. */
  readonly problem: () => string | null;
  /** The share of all objects together is used up. */
  readonly isOver: () => boolean;
}

/** `now` gives milliseconds of any clock that only goes forward. */
export function createCelBudget(now: () => number, limits: CelShare = CEL_LIMITS): CelBudget {
  let objectSteps = 0;
  let controlSteps = 0;
  let usedMs = 0;
  let startedAt = 0;
  let problem: string | null = null;
  let isOver = false;
  const refuse = (text: string): never => {
    problem ??= text;
    throw new Error(text);
  };
  const give = (text: string): never => {
    isOver = true;
    return refuse(text);
  };
  return {
    begin: () => {
      if (isOver) return false;
      objectSteps = 0;
      problem = null;
      startedAt = now();
      return true;
    },
    end: () => {
      usedMs += now() - startedAt;
    },
    charge: (steps) => {
      if (problem !== null) refuse(problem);
      objectSteps += steps;
      controlSteps += steps;
      if (objectSteps > limits.objectSteps) refuse(`it needs more than ${limitText("objectSteps")} steps for this object`);
      if (controlSteps > limits.controlSteps) give(`it needs more than ${limitText("controlSteps")} steps for all objects together`);
      if (usedMs + now() - startedAt > limits.controlMs) give(`it takes more than ${limits.controlMs / 1000} seconds for all objects together`);
    },
    refuse,
    problem: () => problem,
    isOver: () => isOver,
  };
}
