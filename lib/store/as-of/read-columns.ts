import "server-only";
import type { Pool } from "pg";

const PAGE = 20_000;

/**
 * Reads columns as one text per column and page: 20,000 rows cost one row of the protocol. `columns[0]` must be `id`, no value may hold a comma or be
 * null; `from` is everything after SELECT's list, ends in a WHERE clause and names its parameters $1 to $n. Gives the pages to `take`.
 */
export async function readTextColumns(
  pool: Pool,
  columns: readonly string[],
  from: string,
  values: readonly unknown[],
  { after = 0, take }: { readonly after?: number; readonly take: (columns: readonly (readonly string[])[]) => void },
): Promise<void> {
  const inner = columns.map((column, at) => `${column} AS c${at}`).join(", ");
  const outer = columns.map((_, at) => `array_to_string(array_agg(c${at} ORDER BY c0), ',')`).join(", ");
  const id = columns[0] ?? "id";
  const text = `SELECT ${outer} FROM (SELECT ${inner} ${from} AND ${id} > $${values.length + 1} ORDER BY ${id} LIMIT ${PAGE}) AS page`;
  for (let last = after; ; ) {
    const { rows } = await pool.query<(string | null)[]>({ text, values: [...values, last], rowMode: "array" });
    const page = (rows[0] ?? []).map((column) => (column ?? "").split(","));
    const ids = page[0] ?? [];
    if (ids[0] === undefined || ids[0] === "") return;
    take(page);
    if (ids.length < PAGE) return;
    last = Number(ids.at(-1));
  }
}

/** The same for integers. */
export async function readColumns(pool: Pool, columns: readonly string[], from: string, values: readonly unknown[]): Promise<number[][]> {
  const all: number[][] = columns.map(() => []);
  await readTextColumns(pool, columns, from, values, {
    take: (page) =>
      page.forEach((column, at) => {
        const target = all[at];
        for (const value of column) target?.push(Number(value));
      }),
  });
  return all;
}
