import { parseQuantity } from "../inventory/values/quantity";
import { type Outcome, unknown, type Weakness } from "./define";

function isOdd({ value }: Weakness): boolean {
  return value !== undefined && value !== null && parseQuantity(value) === null;
}

/** The amounts that are missing. One that is no quantity is not: the server refuses it with its pod. Null = none is missing. */
export function answerMissingAmounts(missing: readonly Weakness[]): Outcome | null {
  const real = missing.filter((item) => !isOdd(item));
  if (real.length > 0) return real;
  const [odd] = missing;
  return odd ? unknown(`The API server refuses this pod: ${odd.path} must be a quantity.`) : null;
}
