interface EventMark {
  /** Where the first and the last of the marks stand that share the label, px; the same for one. */
  readonly first: number;
  readonly last: number;
  /** Of mark and words, px. */
  readonly width: number;
}

/** At which side of its marks each label stands, in the order of the axis; null = there is no room, and the marks alone are drawn. */
export function eventSides(marks: readonly EventMark[], left: number, right: number): readonly ("start" | "end" | null)[] {
  let busyUntil = left;
  return marks.map(({ first, last, width }, index) => {
    const next = marks[index + 1];
    const fits = last + width <= Math.min(next?.first ?? right, right);
    const turns = !fits && first - width > busyUntil;
    busyUntil = fits ? last + width : last + 6;
    return fits ? "start" : turns ? "end" : null;
  });
}

interface EventAt {
  readonly x: number;
  readonly label: string;
}

/** Neighbours between which no label fits share one: "Coverage changed 2 times, Kubernetes 1.35". Events in the order of the axis. */
export function shareLabels<Event extends EventAt>(
  events: readonly Event[],
  widthOf: (label: string) => number,
): readonly { readonly label: string; readonly events: readonly Event[] }[] {
  const groups: Event[][] = [];
  for (const event of events) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && event.x - last.x < widthOf(last.label)) groups.at(-1)?.push(event);
    else groups.push([event]);
  }
  return groups.map((own) => {
    const counts = [...Map.groupBy(own, ({ label }) => label)];
    return { label: counts.map(([label, { length }]) => (length === 1 ? label : `${label} ${length} times`)).join(", "), events: own };
  });
}
