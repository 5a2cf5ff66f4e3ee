import { useEffect, useState } from "react";
import { findPaletteItems } from "@/lib/client/find-palette-items";
import type { PaletteItem } from "./palette-match";

const WAIT_MS = 120;

/** What the search said to the letters that it was asked for; null = it did not answer. */
export interface PaletteAnswer {
  readonly term: string;
  readonly items: readonly PaletteItem[] | null;
}

/** Asks for `term` at `path` when nothing more was typed for a moment; of undefined it asks nothing. What was said last stays until the next answer. */
export function usePaletteSearch(path: string | undefined, term: string): PaletteAnswer {
  const [answer, setAnswer] = useState<PaletteAnswer>({ term: "", items: [] });
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      findPaletteItems(path, term, abort.signal).then(
        (found) => setAnswer({ term, items: found }),
        () => {
          if (!abort.signal.aborted) setAnswer({ term, items: null });
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [path, term]);
  return answer;
}
