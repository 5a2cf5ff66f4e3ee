import { toSentence } from "../format/tuning-words";

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with each field, one sentence per problem; an entry of a list is named by its text. */
export function toFieldProblems(issues: readonly Issue[], value: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly string[]>> {
  const problems: Record<string, string[]> = {};
  for (const { path, message } of issues) {
    const [field, index] = path;
    const name = String(field ?? "");
    const entries = value[name];
    const entry: unknown = Array.isArray(entries) && typeof index === "number" ? entries[index] : undefined;
    const sentence = entry === undefined ? toSentence(message) : `“${String(entry)}”: ${toSentence(message).replace(/^\w/, (letter) => letter.toLowerCase())}`;
    problems[name] = [...(problems[name] ?? []), sentence];
  }
  return problems;
}
