import { type KeyboardEvent, useCallback, useRef, useState } from "react";

interface PickedKey {
  /** Given to the tooltip: which snapshot it shows, null = none. */
  readonly onShow: (seq: number | null) => void;
  /** After Escape, until another key or the pointer asks for the tooltip again. */
  readonly isHidden: boolean;
  readonly onMouseEnter: () => void;
  /** Given to the element around the chart. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Enter picks the snapshot that the arrow keys led to, as a click does: Recharts moves its tooltip by keys, and picks by the pointer alone. */
export function usePickedKey(onPick: ((seq: number) => void) | undefined): PickedKey {
  const shown = useRef<number | null>(null);
  const [isHidden, setHidden] = useState(false);
  const onShow = useCallback((seq: number | null) => {
    shown.current = seq;
  }, []);
  return {
    onShow,
    isHidden,
    onMouseEnter: () => setHidden(false),
    onKeyDown: (event) => {
      setHidden(event.key === "Escape");
      if (event.key !== "Enter" || shown.current === null || onPick === undefined) return;
      event.preventDefault();
      onPick(shown.current);
    },
  };
}
