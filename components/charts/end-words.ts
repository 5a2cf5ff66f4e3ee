interface Ends {
  readonly name: string;
  /** Oldest first; null = not known then. */
  readonly values: readonly (string | null)[];
  /** Why there is none of the last value. */
  readonly missing?: string;
}

function lineWords({ name, values, missing = "not known" }: Ends): string {
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return `${name} ${missing}`;
  const way = first !== last ? `from ${first} to ${last}` : known.length === 1 ? last : `${last} at both ends`;
  // What is no more is no end of the line.
  return values.at(-1) === null ? `${name} ${way.replace(" at both ends", "")}, then ${missing}` : `${name} ${way}`;
}

/** What a picture over time says, for those who hear it: "cloud from 71 to 77; cluster 69 at both ends; code from 60 to 64, then not enough evidence". */
export function endWords(lines: readonly Ends[]): string {
  return lines.map(lineWords).join("; ");
}
