/** Keeps one copy of each text: equal texts become the same string, which makes comparing them cheap. */
export interface TextPool {
  readonly share: (text: string) => string;
  readonly clear: () => void;
}

export function createTextPool(): TextPool {
  const known = new Map<string, string>();
  return {
    share: (text) => {
      const found = known.get(text);
      if (found !== undefined) return found;
      known.set(text, text);
      return text;
    },
    clear: () => known.clear(),
  };
}
