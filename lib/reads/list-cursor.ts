import "server-only";
import type { z } from "zod";
import type { pageQuerySchema } from "@/lib/contracts/words";
import { AppError } from "@/lib/errors/app-error";
import { toDigest } from "@/lib/store/digests";

const CURSOR = /^([0-9a-z]{1,5})-([0-9a-z]{1,11})-([0-9a-f]{8})$/;

/** What a list is asked: filters and order. */
type ListQuery = z.infer<typeof pageQuerySchema>;

/** Tells lists apart by what chooses and orders their rows, which neither the moment nor the size of a page does. */
function markOf({ at: _at, since: _since, limit: _limit, cursor: _cursor, ...list }: ListQuery): string {
  const asked = Object.entries(list).filter(([, value]) => value !== undefined);
  return toDigest(JSON.stringify(asked.sort(([a], [b]) => (a < b ? -1 : 1)))).slice(0, 8);
}

/** A cursor names its snapshot too: the order may change with the next scan, and no row may be lost or come twice. */
export function toListCursor(query: ListQuery, seq: number, after: string | null): string | null {
  return after === null ? null : `${seq.toString(36)}-${after}-${markOf(query)}`;
}

/** Which snapshot a page is of, and the row that it comes after. Throws AppError `bad-request` for a cursor of another list, also of the same with other filters. */
export function parseListCursor(query: ListQuery): { readonly seq: number | undefined; readonly after: string | null } {
  const { cursor, at } = query;
  if (cursor === undefined) return { seq: at, after: null };
  const [, seqText = "", after = "", mark] = CURSOR.exec(cursor) ?? [];
  const seq = Number.parseInt(seqText, 36);
  if (after === "" || (at !== undefined && at !== seq))
    throw new AppError("bad-request", "This cursor belongs to another list: start again from the first page.");
  if (mark !== markOf(query))
    throw new AppError(
      "bad-request",
      "This cursor belongs to a list with other filters or another order: send those of the first page with it, or start again.",
    );
  return { seq, after };
}
