import {
  type KeyboardEvent,
  type MouseEvent as ReactMouseEvent,
  type PointerEvent,
  type RefObject,
  type TouchEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";

interface ChartTip {
  /** Given to the tooltip: which snapshot it shows, null = none. */
  readonly onShow: (seq: number | null) => void;
  /** The pointer, a finger or the keyboard is at this chart, and did not put its tooltip away by Escape: charts that share a crosshair show one tooltip. */
  readonly isHere: boolean;
  /** Given to the drawing: a click picks the snapshot that the pointer is at. */
  readonly pick: (state: { readonly activeTooltipIndex?: unknown }) => void;
  /** Given to the element around the chart. */
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onPointerEnter: () => void;
    readonly onPointerLeave: (event: PointerEvent) => void;
    readonly onPointerCancel: () => void;
    readonly onTouchMoveCapture: (event: TouchEvent) => void;
    readonly onClick: () => void;
    readonly onMouseDown: (event: ReactMouseEvent) => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

/**
 * Recharts lets go of its crosshair only where a mouse leaves it: a finger never does, and a picture that is drawn anew has it where another moment was.
 * Other charts of the same crosshair follow.
 */
function letGo(chart: HTMLElement | null): void {
  for (const drawing of chart?.querySelectorAll(".recharts-wrapper") ?? []) drawing.dispatchEvent(new MouseEvent("mouseout", { bubbles: true }));
}

/**
 * Whose turn it is to show a tooltip, and Enter, which picks the snapshot that the arrow keys led to, as a click does: Recharts moves its tooltip by keys, and picks
 * by the pointer alone. A finger leaves the chart when it is lifted, and what it was led to is read then: it stays until the next touch elsewhere.
 * A finger that scrolls the page is the browser's, and asks for nothing.
 */
export function useChartTip(
  chart: RefObject<HTMLElement | null>,
  rows: readonly { readonly point: { readonly seq: number } }[],
  onPick: ((seq: number) => void) | undefined,
): ChartTip {
  const shown = useRef<number | null>(null);
  const [isHere, setHere] = useState(false);
  const onShow = useCallback((seq: number | null) => {
    shown.current = seq;
  }, []);
  useEffect(() => {
    if (!isHere) return;
    const leave = ({ target }: Event): void => {
      if (target instanceof Node && chart.current?.contains(target) !== true) setHere(false);
    };
    const putAway = ({ key }: { readonly key: string }): void => {
      if (key === "Escape") setHere(false);
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("focusin", leave);
    document.addEventListener("keydown", putAway);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("focusin", leave);
      document.removeEventListener("keydown", putAway);
      letGo(chart.current);
    };
  }, [isHere, chart]);
  const come = (): void => setHere(true);
  return {
    onShow,
    isHere,
    pick: ({ activeTooltipIndex: index }) => {
      // Beside the picture, at its axis, is no snapshot.
      const row = index == null ? undefined : rows[Number(index)];
      if (row !== undefined) onPick?.(row.point.seq);
    },
    handlers: {
      onKeyDown: (event) => {
        setHere(event.key !== "Escape");
        if (event.key !== "Enter" || shown.current === null || onPick === undefined) return;
        event.preventDefault();
        onPick(shown.current);
      },
      onPointerEnter: come,
      onPointerLeave: ({ pointerType }) => {
        if (pointerType === "mouse") setHere(false);
      },
      onPointerCancel: () => setHere(false),
      onTouchMoveCapture: (event) => {
        if (!isHere) event.stopPropagation();
      },
      // It picked a moment, up to which the picture is drawn now: Enter puts the tooltip away, too.
      onClick: () => letGo(chart.current),
      // The press would give the drawing the focus, which leads the arrow keys to the first snapshot: that would be the one that a click at the axis picks.
      onMouseDown: (event) => event.preventDefault(),
      onFocus: come,
      onBlur: () => setHere(false),
    },
  };
}
