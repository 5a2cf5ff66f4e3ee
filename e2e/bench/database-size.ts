import { openDatabase } from "@/lib/store/open-database";
import type { BenchDatabase } from "./bench-database";

export interface DatabaseSize {
  readonly rows: number;
  readonly bytes: number;
}

/** The act of scanning and applied migrations are book-keeping; what pg-boss keeps lies in a schema of its own. */
const NOT_COUNTED = ["scan", "_prisma_migrations"];

/** Rows, and bytes of their values (`pg_column_size`), over all of our tables. The server must not run. */
export async function measureDatabase({ config }: BenchDatabase): Promise<DatabaseSize> {
  const fail = (error: Error) => {
    throw error;
  };
  const database = await openDatabase(config, { onLost: fail });
  try {
    const tables = await database.pool.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL($1)",
      [NOT_COUNTED],
    );
    let size: DatabaseSize = { rows: 0, bytes: 0 };
    for (const { name } of tables.rows) {
      const { rows } = await database.pool.query<{ rows: string; bytes: string }>(
        `SELECT count(*) AS rows, coalesce(sum(pg_column_size(t.*)), 0) AS bytes FROM "${name}" t`,
      );
      size = { rows: size.rows + Number(rows[0]?.rows ?? 0), bytes: size.bytes + Number(rows[0]?.bytes ?? 0) };
    }
    return size;
  } finally {
    await database.close();
  }
}
