export interface RememberOptions<T> {
  /** Answers held; when there are more, all are forgotten. */
  readonly limit: number;
  /** Left out = every answer is held. */
  readonly holds?: (text: string, answer: T) => boolean;
}

/** The same text by itself: one that was cut out of another holds all of that in memory, such as a file of which it is one name. */
const apart = (text: string): string => ` ${text}`.slice(1);

/** A pure function of a text that holds its answers: a cluster asks for few texts, many times. */
export function remembered<T>(answerOf: (text: string) => T, { limit, holds }: RememberOptions<T>): (text: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known.answer;
    // Of the text by itself, so that no part of it that stands in the answer holds the other either.
    const own = apart(text);
    const answer = answerOf(own);
    if (holds && !holds(own, answer)) return answer;
    if (answers.size >= limit) answers.clear();
    answers.set(own, { answer });
    return answer;
  };
}

/** The same of an object, of which the very one is known again: its answer is forgotten with it. */
export function rememberedOf<K extends object, T>(answerOf: (object: K) => T): (object: K) => T {
  const answers = new WeakMap<K, { readonly answer: T }>();
  return (object) => {
    const known = answers.get(object);
    if (known !== undefined) return known.answer;
    const answer = answerOf(object);
    answers.set(object, { answer });
    return answer;
  };
}
