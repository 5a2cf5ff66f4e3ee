import "server-only";
import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return;
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Forces every file changed since `sinceMs` (epoch, ms) to the disk, and the folders that hold them. */
export async function syncDirectory(directory: string, sinceMs: number): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const folders = new Set<string>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const status = await stat(file).catch(() => null);
    if (status === null || status.mtimeMs < sinceMs) continue;
    await syncFile(file);
    folders.add(entry.parentPath);
  }
  for (const folder of folders) await syncFile(folder);
}
