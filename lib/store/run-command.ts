import "server-only";
import { AppError } from "@/lib/errors/app-error";

function say(error: unknown): void {
  console.error(error instanceof AppError ? error.message : error);
  process.exitCode = 1;
}

/** Runs what a command does and says how it went; an error from beside it, as that another process took the data directory, ends it at once. */
export async function runCommand(run: () => Promise<string>): Promise<void> {
  process.once("uncaughtException", (error) => {
    say(error);
    process.exit();
  });
  await run().then(console.log, say);
}
