/** Whether something is refused; a text = why that cannot be told, as part of a sentence. */
export type Refusal = boolean | string;

/** `decisive` as soon as one says so, else why that cannot be told, else the opposite. */
function join(refusals: Iterable<Refusal>, decisive: boolean): Refusal {
  let doubt: string | null = null;
  for (const refusal of refusals) {
    if (refusal === decisive) return decisive;
    if (typeof refusal === "string") doubt ??= refusal;
  }
  return doubt ?? !decisive;
}

/** One of them is enough; those after it are not asked. */
export function anyOf(refusals: Iterable<Refusal>): Refusal {
  return join(refusals, true);
}

/** All of them are needed. */
export function allOf(refusals: Iterable<Refusal>): Refusal {
  return join(refusals, false);
}
