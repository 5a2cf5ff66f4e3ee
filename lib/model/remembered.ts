/** Told of each answer that is to be held, and of those that are held beside it. */
type Pool = (answers: Map<string, unknown>) => void;

export interface RememberOptions<T> {
  /** Answers held; when there are more, all are forgotten. */
  readonly limit: number;
  /** Left out = every answer is held. */
  readonly holds?: (text: string, answer: T) => boolean;
  /** Left out = what others hold does not matter. */
  readonly pool?: Pool;
}

/** Bounds what several functions hold together: when there is more, all of them forget. */
export function createPool(limit: number): Pool {
  const holders = new Set<Map<string, unknown>>();
  let held = 0;
  return (answers) => {
    if (held >= limit) {
      for (const holder of holders) holder.clear();
      holders.clear();
      held = 0;
    }
    held += 1;
    holders.add(answers);
  };
}

/** The same text by itself: one that was cut out of another holds all of that in memory, such as a file of which it is one name. */
const apart = (text: string): string => ` ${text}`.slice(1);

/** A pure function of a text that holds its answers: a cluster asks for few texts, many times. */
export function remembered<T>(answerOf: (text: string) => T, { limit, holds, pool }: RememberOptions<T>): (text: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known.answer;
    // Of the text by itself, so that no part of it that stands in the answer holds the other either.
    const own = apart(text);
    const answer = answerOf(own);
    if (holds && !holds(own, answer)) return answer;
    if (answers.size >= limit) answers.clear();
    pool?.(answers);
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
