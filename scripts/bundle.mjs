// Bundles what runs outside Next: worker threads and command line tools. Packages stay external.
import path from "node:path";
import { build } from "esbuild";

const ENTRIES = {
  "pglite-worker": "lib/store/pglite-worker.ts",
  backup: "lib/cli/backup.ts",
  scan: "lib/cli/scan.ts",
  "scan-worker": "lib/scan/scan-worker.ts",
};

/** @param {Record<string, string>} entries */
export async function bundle(entries = ENTRIES, outdir = ".build") {
  const root = path.resolve(import.meta.dirname, "..");
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    packages: "external",
    sourcemap: "linked",
    logLevel: "warning",
    alias: { "@": root, "server-only": path.join(root, "scripts/server-only.mjs") },
  });
}

if (process.argv[1] === import.meta.filename) await bundle();
