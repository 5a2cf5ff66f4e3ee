// Generates the database client from prisma/schema.prisma; the schema engine's binary is not needed for that.
import { spawnSync } from "node:child_process";

const run = spawnSync("node_modules/.bin/prisma", ["generate", "--no-hints"], {
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true", PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  encoding: "utf8",
});
if (run.status !== 0) {
  process.stderr.write(`${run.stdout}${run.stderr}`);
  process.exit(run.status ?? 1);
}
