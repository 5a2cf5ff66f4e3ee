import "server-only";
import { spawn } from "node:child_process";
import type { FileHandle } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { inheritedEnvironment } from "@/lib/config/inherited-environment";
import { AppError } from "@/lib/errors/app-error";

/**
 * Runs `tar` with a file as its input or output, so that an archive is never held in memory, and `tar` ends with this process, however that ends: with the
 * file itself in its hands it would go on, and write into what the next one makes. Rejects with what it says: ENOSPC where the disk is full; with the reason of `stop`.
 */
export async function runTar(
  args: readonly string[],
  { input, output, stop }: { readonly input?: FileHandle; readonly output?: FileHandle; readonly stop?: AbortSignal | undefined },
): Promise<void> {
  stop?.throwIfAborted();
  const tar = spawn("tar", args, { stdio: "pipe", env: { ...inheritedEnvironment(), LC_ALL: "C" } });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once("error", (cause) => reject(new AppError("unavailable", "The program tar, which packs backups, cannot be run: install it.", { cause })));
    tar.once("close", resolve);
  });
  stop?.addEventListener("abort", () => tar.kill());
  const writing = output?.writeFile(tar.stdout);
  const feeding = input && pipeline(input.createReadStream(), tar.stdin); // that it broke off is told by what tar says
  const [code, said, [written]] = await Promise.all([ended, text(tar.stderr), Promise.allSettled([writing, feeding])]);
  stop?.throwIfAborted();
  if (written.status === "rejected") throw written.reason;
  if (code === 0) return;
  throw Object.assign(new Error(said.trim() || `tar ended with ${code}`), /no space left/i.test(said) && { code: "ENOSPC" });
}
