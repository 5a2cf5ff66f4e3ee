import { type KeyboardEvent, useCallback, useRef } from "react";

interface PickedKey {
  /** Given to the tooltip: which snapshot it shows, null = none. */
  readonly onShow: (seq: number | null) => void;
  /** Given to the element around the chart. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Enter picks the snapshot that the arrow keys led to, as a click does: Recharts moves its tooltip by keys, and picks by the pointer alone. */
export function usePickedKey(onPick: ((seq: number) => void) | undefined): PickedKey {
  const shown = useRef<number | null>(null);
  const onShow = useCallback((seq: number | null) => {
    shown.current = seq;
  }, []);
  return {
    onShow,
    onKeyDown: (event) => {
      if (event.key !== "Enter" || shown.current === null || onPick === undefined) return;
      event.preventDefault();
      onPick(shown.current);
    },
  };
}
