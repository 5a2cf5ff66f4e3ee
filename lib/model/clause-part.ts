/** What a clause may ask of a component, as the `check` of evidence says it: a flag, or a plugin of the API server; or of another subject. */
export function toPart(component: string, asked: string): string {
  return `${component} ${asked}`;
}

/** Stands for all that could not be told of the component of a part. */
export function toUntold(part: string): string {
  return toPart(part.split(" ", 1)[0] ?? "", "*");
}

/** Stands for a part that only people can judge. */
export function toOpen(part: string): string {
  return `${part} ?`;
}

/** Whether the `check` of evidence names a part that only people can judge. */
export function isOpenPart(check: string | undefined): boolean {
  return check?.endsWith(" ?") === true;
}
