import "server-only";
import path from "node:path";
import { getConfig } from "@/lib/config/get-config";
import { AppError } from "@/lib/errors/app-error";
import { backUp } from "@/lib/store/back-up";
import { restore } from "@/lib/store/restore";
import { runCommand } from "@/lib/store/run-command";

const USAGE = "Say which file: npm run backup -- FILE, or npm run restore -- FILE. The server must not be running.";

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => stop.abort(new AppError("conflict", "Stopped before it was done: nothing is left of it.")));

async function run(command: string | undefined, file: string | undefined): Promise<string> {
  if (file === undefined || (command !== "backup" && command !== "restore")) throw new AppError("bad-request", USAGE);
  const config = getConfig();
  const archive = path.resolve(file);
  if (command === "restore") {
    await restore(archive, config, stop.signal);
    return `Restored ${archive} into ${config.dataDir}.`;
  }
  await backUp(config, archive, stop.signal);
  return `Wrote ${archive}.`;
}

await runCommand(() => run(process.argv[2], process.argv[3]));
