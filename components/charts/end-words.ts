interface Ends {
  readonly name: string;
  /** Oldest first; null = not known then. */
  readonly values: readonly (string | null)[];
}

/** What a picture over time says, for those who hear it: "cloud from 71 to 77, cluster 69 at both ends, code not known". */
export function endWords(lines: readonly Ends[]): string {
  return lines
    .map(({ name, values }) => {
      const known = values.filter((value) => value !== null);
      const [first, last] = [known[0], known.at(-1)];
      if (first === undefined || last === undefined) return `${name} not known`;
      return first === last ? `${name} ${last} at both ends` : `${name} from ${first} to ${last}`;
    })
    .join(", ");
}
