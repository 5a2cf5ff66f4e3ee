// Bundles what runs outside Next: threads, processes and command line tools. Packages stay external.
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ENTRIES = {
  "pglite-worker": "lib/store/pglite-worker.ts",
  backup: "lib/store/run-backup.ts",
  scan: "lib/cli/scan.ts",
  "scan-process": "lib/scan/scan-process.ts",
  "own-control-worker": "lib/scan/own-control-worker.ts",
};

/** Loading the Kubernetes client means nine hundred files of models that nothing uses: its own files are bundled, so that they fall away. */
const inlineKubernetesClient = {
  name: "inline-kubernetes-client",
  setup(build) {
    build.onResolve({ filter: /^@kubernetes\/client-node$/ }, () => ({ path: fileURLToPath(import.meta.resolve("@kubernetes/client-node")) }));
  },
};

/** @param {Record<string, string>} entries */
export async function bundle(entries = ENTRIES, outdir = ".build") {
  const root = path.resolve(import.meta.dirname, "..");
  const part = `${Object.keys(entries)[0]}-part-`;
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // What is imported on demand stays out of what is loaded at the start.
    splitting: true,
    chunkNames: `${part}[hash]`,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node22",
    packages: "external",
    plugins: [inlineKubernetesClient],
    sourcemap: "linked",
    logLevel: "warning",
    alias: { "@": root, "server-only": path.join(root, "scripts/server-only.mjs") },
  });
  const made = new Set(Object.keys(metafile.outputs).map((file) => path.basename(file)));
  const folder = path.resolve(root, outdir);
  rmSync(path.join(folder, "compile-cache"), { recursive: true, force: true });
  for (const name of readdirSync(folder)) if (name.startsWith(part) && !made.has(name)) rmSync(path.join(folder, name), { force: true });
}

if (process.argv[1] === import.meta.filename) await bundle();
