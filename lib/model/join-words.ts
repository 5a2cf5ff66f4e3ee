/** ["a", "b", "c"] -> "a, b and c"; of two at most "a, b and 2 more". One more is named: to count it takes the same room. */
export function joinWords(words: readonly string[], most = words.length): string {
  if (words.length > most + 1) return `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
  const last = words.at(-1);
  if (last === undefined) return "";
  return words.length === 1 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
