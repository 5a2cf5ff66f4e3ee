import "server-only";
import type { Pool } from "pg";

const PAGE = 20_000;

/** Values of one column, in the order of the ids. */
export type Column = readonly (string | number | null)[];

/** `beside` = SQL of one more value, which is asked for in the same statement as each page and given after its columns. */
interface PagesOptions {
  readonly after?: number;
  readonly beside?: string | undefined;
  readonly take: (columns: readonly Column[], besides: unknown) => void;
}

/**
 * Reads columns as one JSON array per column and page: 20,000 rows cost one row of the protocol. `columns[0]` must be `id`; `from` is everything
 * after SELECT's list, ends in a WHERE clause and names its parameters $1 to $n. Gives the pages to `take`, whose rows come after the id `after`.
 */
export async function readColumnPages(
  pool: Pool,
  columns: readonly string[],
  from: string,
  values: readonly unknown[],
  { after = 0, beside, take }: PagesOptions,
): Promise<void> {
  const inner = columns.map((column, at) => `${column} AS c${at}`).join(", ");
  const outer = columns.map((_, at) => `json_agg(c${at} ORDER BY c0)`).join(", ");
  const id = columns[0] ?? "id";
  const text = `SELECT ${outer}, ${beside ?? "NULL"} FROM (SELECT ${inner} ${from} AND ${id} > $${values.length + 1} ORDER BY ${id} LIMIT ${PAGE}) AS page`;
  for (let last: unknown = after; ; ) {
    const { rows } = await pool.query<(Column | null)[]>({ text, values: [...values, last], rowMode: "array" });
    const page = (rows[0] ?? []).slice(0, -1).map((column) => column ?? []);
    const ids = page[0] ?? [];
    if (ids.length > 0) take(page, rows[0]?.at(-1));
    if (ids.length < PAGE) return;
    last = ids.at(-1);
  }
}

/** The same for columns of integers, which are never null. */
export async function readColumns(
  pool: Pool,
  columns: readonly string[],
  from: string,
  values: readonly unknown[],
  { sql: beside, take }: { readonly sql?: string; readonly take?: (besides: unknown) => void } = {},
): Promise<number[][]> {
  const all: number[][] = columns.map(() => []);
  await readColumnPages(pool, columns, from, values, {
    beside,
    take(page, besides) {
      take?.(besides);
      page.forEach((column, at) => {
        const target = all[at];
        for (const value of column) target?.push(Number(value));
      });
    },
  });
  return all;
}
