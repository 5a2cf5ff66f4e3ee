import "server-only";
import { mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Makes a folder aside and moves it into place, so that whatever has the name is whole. `fill` answers with what is to be moved: the
 * folder that it is given, or one in it. That has a name of its own: what fills it may outlive a process that was killed, and would write into the next one.
 */
export async function makeAside(target: string, fill: (making: string) => Promise<string>): Promise<void> {
  removeLeft(target);
  const making = mkdtempSync(`${target}.making-`);
  try {
    renameSync(await fill(making), target);
  } finally {
    removeLeft(target); // what wrote on while it was taken away has ended meanwhile
  }
}

/** Also of processes that were killed, under the one name of earlier versions as well. */
function removeLeft(target: string): void {
  const folder = path.dirname(target);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${path.basename(target)}.making`)) continue;
    try {
      rmSync(path.join(folder, name), { recursive: true, force: true });
    } catch {
      // still written to, or another user's: what it costs is its room, and no reason not to start
    }
  }
}
