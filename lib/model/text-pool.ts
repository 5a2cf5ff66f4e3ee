/** Keeps one copy of each text: equal texts become the same string, which makes comparing them cheap and many rows small. */
export interface TextPool {
  readonly share: <Text extends string>(text: Text) => Text;
  readonly clear: () => void;
}

/** Holds every text that it was shown until it is cleared. */
export function createTextPool(): TextPool {
  const known = new Map<string, string>();
  return {
    share: (text) => {
      const found = known.get(text);
      if (found !== undefined) return found as typeof text; // the same text
      known.set(text, text);
      return text;
    },
    clear: () => known.clear(),
  };
}
