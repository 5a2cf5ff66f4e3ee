import type { BenchSetting } from "./bench-setting";
import { measureDatabase } from "./database-size";
import { makeYear } from "./make-year";
import { measureReads, READ_FIGURES } from "./measure-reads";

const YEAR_BYTES = "year.500.bytes";

/** A year of daily drift at 500 workloads: what it takes to keep, and how fast any of its days is read. */
export async function measureYear(setting: BenchSetting): Promise<void> {
  const { databases, report } = setting;
  if (!report.wants(YEAR_BYTES, ...READ_FIGURES)) return;
  const made = [];
  for (const kind of databases.kinds) made.push(await databases.create(kind));
  try {
    await makeYear(setting, made);
    for (const database of made) {
      if (report.wants(YEAR_BYTES)) report.add({ figure: YEAR_BYTES, value: (await measureDatabase(database)).bytes, unit: "bytes", db: database.kind });
      if (report.wants(...READ_FIGURES)) await measureReads(setting, database);
    }
  } finally {
    for (const database of made) database.remove();
  }
}
