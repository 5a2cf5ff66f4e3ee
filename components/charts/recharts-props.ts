/** Words of an axis. */
export const TICK = { fontSize: 12, fill: "var(--ink-3)" } as const;

/** A line or an area that neither moves nor marks its points. */
export const STILL = { isAnimationActive: false, activeDot: false, dot: false } as const;

/** A tooltip: a line through the picture, and words that may stand beside it. */
export const CROSSHAIR = {
  cursor: { stroke: "var(--ink)", strokeWidth: 1 },
  isAnimationActive: false,
  allowEscapeViewBox: { x: true, y: true },
  // A snapshot without a score says why.
  filterNull: false,
  wrapperStyle: { zIndex: 10 },
} as const;

/** A chart in which something can be picked: a tap moves, presses and lets go within one frame, and what it picks is where it moved to. */
export const AT_ONCE = { throttledEvents: [] } as const;
