/** What a clause may ask of a component, as the `check` of evidence says it: a flag, or a plugin of the API server. */
export function toPart(component: string, asked: string): string {
  return `${component} ${asked}`;
}

/** Stands for all that could not be told of the component of a part. */
export function toUntold(part: string): string {
  return toPart(part.split(" ", 1)[0] ?? "", "*");
}
