import "server-only";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { inheritedEnvironment } from "@/lib/config/inherited-environment";
import { AppError } from "@/lib/errors/app-error";

/** Runs `tar` with a file as its input or output, so that an archive is never held in memory. Rejects with what it says: ENOSPC where the disk is full. */
export async function runTar(
  args: readonly string[],
  { input = "ignore", output = "ignore" }: { readonly input?: number | "ignore"; readonly output?: number | "ignore" },
): Promise<void> {
  const tar = spawn("tar", args, { stdio: [input, output, "pipe"], env: { ...inheritedEnvironment(), LC_ALL: "C" } });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once("error", (cause) => reject(new AppError("unavailable", "The program tar, which packs backups, cannot be run: install it.", { cause })));
    tar.once("close", resolve);
  });
  const [code, said] = await Promise.all([ended, tar.stderr === null ? "" : text(tar.stderr)]);
  if (code === 0) return;
  throw Object.assign(new Error(said.trim() || `tar ended with ${code}`), /no space left/i.test(said) && { code: "ENOSPC" });
}
