import "server-only";
import { AppError } from "@/lib/errors/app-error";

const CURSOR = /^([0-9a-z]{1,5})-([0-9a-z]{1,11})$/;

/** A cursor names its snapshot too: the order may change with the next scan, and no row may be lost or come twice. */
export function toListCursor(seq: number, after: string | null): string | null {
  return after === null ? null : `${seq.toString(36)}-${after}`;
}

/** Which snapshot a page is of, and the row that it comes after. Throws AppError `bad-request` for a cursor of another list. */
export function parseListCursor({ cursor, at }: { readonly cursor?: string | undefined; readonly at?: number | undefined }): {
  readonly seq: number | undefined;
  readonly after: string | null;
} {
  if (cursor === undefined) return { seq: at, after: null };
  const [, seqText = "", after = ""] = CURSOR.exec(cursor) ?? [];
  const seq = Number.parseInt(seqText, 36);
  if (after === "" || (at !== undefined && at !== seq))
    throw new AppError("bad-request", "This cursor belongs to another list: start again from the first page.");
  return { seq, after };
}
