export const NOT_EVALUATED = "what it asks cannot be evaluated here";

/** Characters of what people have written in their policies. */
const MOST = 120;

/** The same, with what it is, as part of a sentence. */
export function notEvaluated(problem: string | null): string {
  if (problem === null) return NOT_EVALUATED;
  const plain = problem.replace(/\s+/g, " ").replace(/\.$/, "");
  return `${NOT_EVALUATED}: ${plain.length > MOST ? `${plain.slice(0, MOST)}…` : plain}`;
}
