import { groupDigits } from "../model/group-digits";

/** What an expression may ask for. The first five are fixed by its text, the others by the object that it is asked about. */
export const CEL_LIMITS = {
  /** Characters. */
  expressionLength: 2_000,
  /** Operators, names, values and calls, macros written out. */
  nodes: 1_500,
  /** Loops inside loops. */
  loopDepth: 3,
  /** Fields and list items of one object. */
  objectValues: 50_000,
  /** Steps for one object: each turn of a loop and each call is one, more with long texts and lists. */
  objectSteps: 50_000,
  /** Steps for all objects of one scan. */
  controlSteps: 5_000_000,
  /** Of one control in one scan, on this machine. The steps above end first unless the machine is very busy. */
  controlMs: 10_000,
  /** Characters of a text that an expression makes. */
  textLength: 10_000,
  /** Items of a list that an expression makes. */
  listLength: 1_000,
} as const;

/** Characters of an expression that a policy of a cluster is made of, which its engine bounds by what it costs alone. */
export const POLICY_EXPRESSION_LENGTH = 20_000;

/** `20,000`. */
export function limitText(name: keyof typeof CEL_LIMITS): string {
  return groupDigits(CEL_LIMITS[name]);
}
