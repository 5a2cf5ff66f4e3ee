import "server-only";
import type { Pool } from "pg";

const PAGE = 20_000;

/**
 * Reads integer columns as one text per column and page: 20,000 rows cost one row of the protocol. `columns[0]` must be
 * `id`; `from` is everything after SELECT's list, ends in a WHERE clause and names its parameters $1 to $n.
 */
export async function readColumns(pool: Pool, columns: readonly string[], from: string, values: readonly unknown[]): Promise<number[][]> {
  const inner = columns.map((column, at) => `${column} AS c${at}`).join(", ");
  const outer = columns.map((_, at) => `array_to_string(array_agg(c${at} ORDER BY c0), ',')`).join(", ");
  const id = columns[0] ?? "id";
  const text = `SELECT ${outer} FROM (SELECT ${inner} ${from} AND ${id} > $${values.length + 1} ORDER BY ${id} LIMIT ${PAGE}) AS page`;
  const all: number[][] = columns.map(() => []);
  for (let after = 0; ; ) {
    const { rows } = await pool.query<(string | null)[]>({ text, values: [...values, after], rowMode: "array" });
    const ids = rows[0]?.[0];
    if (ids === null || ids === undefined || ids === "") return all;
    rows[0]?.forEach((column, at) => {
      const target = all[at];
      for (const value of (column ?? "").split(",")) target?.push(Number(value));
    });
    const first = all[0] ?? [];
    if (first.length % PAGE !== 0) return all;
    after = first.at(-1) ?? 0;
  }
}
