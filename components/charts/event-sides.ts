interface EventMark {
  readonly x: number;
  /** Of mark and words, px. */
  readonly width: number;
}

/** At which side of its mark each label stands, in the order of the axis; null = there is no room, and the mark alone is drawn. */
export function eventSides(marks: readonly EventMark[], left: number, right: number): readonly ("start" | "end" | null)[] {
  let busyUntil = left;
  return marks.map(({ x, width }, index) => {
    const next = marks[index + 1];
    const fits = x + width <= Math.min(next?.x ?? right, right);
    const turns = !fits && x - width > busyUntil;
    busyUntil = fits ? x + width : x + 6;
    return fits ? "start" : turns ? "end" : null;
  });
}
