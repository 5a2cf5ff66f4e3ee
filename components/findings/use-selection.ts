"use client";
import { useCallback, useState } from "react";

interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  /** Selects all of them, or none when all are. */
  readonly toggleAll: (ids: readonly string[]) => void;
  readonly clear: () => void;
}

/** Chosen rows of one list; another list (`key`) starts with none. */
export function useSelection(key: string): Selection {
  const [state, setState] = useState<{ readonly key: string; readonly ids: ReadonlySet<string> }>({ key, ids: new Set() });
  const selected = state.key === key ? state.ids : new Set<string>();
  const toggle = useCallback(
    (id: string) =>
      setState((last) => {
        const next = new Set(last.key === key ? last.ids : []);
        if (!next.delete(id)) next.add(id);
        return { key, ids: next };
      }),
    [key],
  );
  const toggleAll = (ids: readonly string[]): void => setState({ key, ids: ids.every((id) => selected.has(id)) ? new Set() : new Set(ids) });
  return { selected, toggle, toggleAll, clear: () => setState({ key, ids: new Set() }) };
}
