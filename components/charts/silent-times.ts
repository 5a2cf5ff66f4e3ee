import type { SilentTimeDto } from "@/lib/contracts/score";
import type { TrendGap } from "./trend-series";

/** Points, oldest first, parted where nobody scanned for long: each part is drawn by itself. */
export function partAtSilence<Point extends { readonly seq: number }>(
  points: readonly Point[],
  silent: readonly SilentTimeDto[],
): readonly (readonly Point[])[] {
  const partOf = ({ seq }: Point): number => silent.filter(({ to }) => to.seq <= seq).length;
  return [...Map.groupBy(points, partOf).values()];
}

/** The rows of all parts, with one without values between, so that no line leads from one to the next; it is of the snapshot before, as is every moment there. */
export function joinParts<Row extends { readonly atMs: number }>(parts: readonly (readonly Row[])[], toBlank: (row: Row) => Row): readonly Row[] {
  return parts.flatMap((rows, index) => {
    const last = rows.at(-1);
    return last === undefined || index === parts.length - 1 ? rows : [...rows, { ...toBlank(last), atMs: last.atMs + 1 }];
  });
}

/** What is drawn of them. */
export function toSilentGaps(silent: readonly SilentTimeDto[]): readonly TrendGap[] {
  return silent.map(({ from, to }) => ({ fromMs: Date.parse(from.takenAt), toMs: Date.parse(to.takenAt), reason: "no snapshot", isSilent: true }));
}

/** Those of a picture that are drawn while none beside them is: neither a line nor an area has room for one moment. */
export function findAlone<Row>(rows: readonly Row[], isDrawn: (row: Row) => boolean): readonly Row[] {
  const has = (row: Row | undefined): boolean => row !== undefined && isDrawn(row);
  return rows.filter((row, index) => has(row) && !has(rows[index - 1]) && !has(rows[index + 1]));
}
