// npm run migrate:new -- <what>: writes the SQL between prisma/migrations and prisma/schema.prisma as a new migration.
// The schema engine runs as WebAssembly on a database in memory, so neither a server nor an engine binary is needed.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as background from "@prisma/schema-engine-wasm/schema_engine_bg";
import { PrismaPGlite } from "pglite-prisma-adapter";

const what = process.argv
  .slice(2)
  .filter((argument) => argument !== "--check")
  .join("-");
const isCheck = process.argv.includes("--check");
if (!isCheck && !/^[a-z0-9][a-z0-9-]*$/.test(what)) {
  console.error("Say in a few lower-case words what changes, e.g. npm run migrate:new -- add-comments");
  process.exit(2);
}

const baseDir = path.resolve("prisma/migrations");
const content = readFileSync("prisma/schema.prisma", "utf8");
const migrationDirectories = readdirSync(baseDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()
  .map((name) => ({
    path: name,
    migrationFile: { path: "migration.sql", content: { tag: "ok", value: readFileSync(path.join(baseDir, name, "migration.sql"), "utf8") } },
  }));

const require = createRequire(import.meta.url);
const wasm = readFileSync(path.join(path.dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg")), "schema_engine_bg.wasm"));
const { instance } = await WebAssembly.instantiate(wasm, { "./schema_engine_bg.js": background });
background.__wbg_set_wasm(instance.exports);
instance.exports.__wbindgen_start();
const database = new PGlite("memory://main");
const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(database));
const engine = await background.SchemaEngine.new({ datamodels: [["schema.prisma", content]] }, () => {}, adapter);
const lockfile = { path: "migration_lock.toml", content: 'provider = "postgresql"\n' };
const result = await engine.diff({
  from: { tag: "migrations", baseDir, lockfile, shadowDbInitScript: "", migrationDirectories },
  to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
  script: true,
  exitCode: true,
  filters: { externalTables: [], externalEnums: [] },
});
if (result.exitCode === 0) {
  console.log("The migrations already give the schema.");
  process.exit(0);
}
if (isCheck) {
  console.error("prisma/schema.prisma has changes without a migration: npm run migrate:new -- <what>");
  process.exit(1);
}
const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
const directory = path.join(baseDir, `${stamp}_${what.replaceAll("-", "_")}`);
mkdirSync(directory, { recursive: true });
writeFileSync(path.join(directory, "migration.sql"), result.stdout);
writeFileSync(path.join(baseDir, "migration_lock.toml"), lockfile.content);
console.log(`Wrote ${path.relative(".", directory)}/migration.sql: read it before you commit it.`);
process.exit(0);
