import { formatNoun } from "../format/numbers";
import { plural } from "../format/plural";
import { toSentence } from "../format/tuning-words";

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Sentences for one field: a list that was pasted wrongly is wrong in every entry. */
const TOLD = 5;

/** What is wrong with each field, one sentence per problem; an entry of a list is named by its text. The first few, and how many more there are. */
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
  return Object.fromEntries(
    Object.entries(problems).map(([name, all]) => [
      name,
      all.length > TOLD
        ? [...all.slice(0, TOLD), `There ${plural(all.length - TOLD, "is", "are")} ${formatNoun(all.length - TOLD, "more problem")} like these.`]
        : all,
    ]),
  );
}
