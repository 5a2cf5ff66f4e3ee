/** Letters as a reader counts them: a family of emoji, or a letter with its marks, is one and is never cut. */
const LETTERS = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Names up to here fit beside the time control of a desk. */
const SHORT = 24;
const TAIL = 28;
/** A last part of fewer letters tells too little alone: "cluster-1" of "eu-west/cluster-1". */
const TOLD = 12;

/**
 * A name in two parts, the first of which gives way where room is short: long names of clusters differ at their ends
 * ("arn:aws:eks:eu-central-1:1234:cluster/prod", "gke_project_zone_prod"). A short name is all end.
 */
export function nameEnds(name: string): readonly [head: string, tail: string] {
  const letters = toLetters(name);
  if (letters.length <= SHORT) return ["", name];
  const starts = letters.flatMap((letter, index) => (/^[-_/:.@]$/.test(letter) && index + 1 >= letters.length - TAIL ? [index + 1] : []));
  const start = starts.find((at) => letters.length - at >= TOLD) ?? letters.length - TAIL + TOLD;
  return [letters.slice(0, start).join(""), letters.slice(start).join("")];
}

/** A name in at most `most` letters: its start, three dots and its end. */
export function shortenName(name: string, most: number): string {
  const [start, end] = nameEnds(name);
  const [head, tail] = [toLetters(start), toLetters(end)];
  return head.length + tail.length <= most ? name : [...head.slice(0, most - tail.length - 3), "...", ...tail].join("");
}

function toLetters(name: string): string[] {
  return Array.from(LETTERS.segment(name), ({ segment }) => segment);
}
