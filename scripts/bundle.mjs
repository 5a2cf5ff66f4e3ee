// Bundles what runs outside Next: threads, processes and command line tools. Packages stay external.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { threadId } from "node:worker_threads";
import { build } from "esbuild";

/** Beside the bundles, made anew with them. */
const COMPILED = "compile-cache";

const ENTRIES = {
  "pglite-worker": "lib/store/pglite-worker.ts",
  backup: "lib/store/run-backup.ts",
  redate: "lib/store/run-redate.ts",
  forget: "lib/store/run-forget.ts",
  scan: "keep-compiled:lib/cli/scan.ts",
  "scan-process": "keep-compiled:lib/scan/scan-process.ts",
  "own-control-worker": "lib/scan/own-control-worker.ts",
};

/**
 * Packages of many files, each of which would be found and loaded on its own: nine hundred of the Kubernetes client, of which nothing uses most, and
 * a hundred and fifty of the evaluator of CEL, which took a third of the start of every scan of manifests.
 */
const inlineManyFiles = {
  name: "inline-many-files",
  setup(build) {
    build.onResolve({ filter: /^(@kubernetes\/client-node|@bufbuild\/.+|js-yaml)$/ }, ({ path: name }) => ({ path: fileURLToPath(import.meta.resolve(name)) }));
  },
};

/**
 * An import of `node:fs` asks for all that it has, streams and promises among it, and so loads them: a tenth of the start. So does a look at what
 * `node:util` has of its own, by which the bundle would copy it: that takes what inherits from it.
 */
const askBuiltins = {
  name: "ask-builtins",
  setup(build) {
    // What is imported on demand is a part of its own, which would have none of the names.
    build.onResolve({ filter: /^node:/ }, ({ path: name, kind }) => (kind === "dynamic-import" ? { external: true } : { path: name, namespace: "builtin" }));
    build.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path: name }) => ({
      contents: `const builtin = process.getBuiltinModule(${JSON.stringify(name)});
module.exports = typeof builtin === "function" ? builtin : Object.create(builtin);`,
    }));
  },
};

/** The evaluator of CEL makes its schemas and functions when it is first asked, which few manifests do: a fifth of the start. */
const evaluateOnDemand = {
  name: "evaluate-on-demand",
  setup(build) {
    build.onResolve({ filter: /\/cel\/compile-cel$/ }, ({ path: name, resolveDir }) => ({
      path: path.resolve(resolveDir, `${name}.ts`),
      namespace: "on-demand",
    }));
    build.onLoad({ filter: /.*/, namespace: "on-demand" }, ({ path: file }) => ({
      resolveDir: path.dirname(file),
      contents: `export const compileCel = (...given) => require(${JSON.stringify(file)}).compileCel(...given);`,
    }));
  },
};

/** What is started again and again loads in half of the time when it finds what was compiled before; where that cannot be written, it compiles anew. */
const keepCompiled = {
  name: "keep-compiled",
  setup(build) {
    build.onResolve({ filter: /^keep-compiled:/ }, ({ path: entry, resolveDir }) => ({
      path: path.resolve(resolveDir, entry.slice("keep-compiled:".length)),
      namespace: "keep-compiled",
    }));
    build.onLoad({ filter: /.*/, namespace: "keep-compiled" }, ({ path: file }) => ({
      resolveDir: path.dirname(file),
      contents: `import { enableCompileCache } from "node:module";
import path from "node:path";
enableCompileCache(path.join(import.meta.dirname, ${JSON.stringify(COMPILED)}));
await import(${JSON.stringify(file)});`,
    }));
  },
};

/**
 * Puts a file where it belongs in one step, and leaves one that is the same: what is started meanwhile reads one bundle or the other, never half of one.
 * False = it was the same.
 */
function put(file, contents) {
  if (existsSync(file) && readFileSync(file).equals(contents)) {
    // As new as what it was made from.
    utimesSync(file, new Date(), new Date());
    return false;
  }
  // Not named as a part, which another process that bundles now would take away.
  const draft = path.join(path.dirname(file), `draft-${process.pid}-${threadId}-${path.basename(file)}`);
  writeFileSync(draft, contents);
  renameSync(draft, file);
  return true;
}

/** @param {Record<string, string>} entries */
export async function bundle(entries = ENTRIES, outdir = ".build") {
  const root = path.resolve(import.meta.dirname, "..");
  // One of the entries may be bundled alone, as tests do: that takes none of the parts away that the others need.
  const part = entries === ENTRIES ? "part-" : `${Object.keys(entries)[0]}-part-`;
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // What is imported on demand stays out of what is loaded at the start.
    splitting: true,
    chunkNames: `${part}[hash]`,
    write: false,
    platform: "node",
    format: "esm",
    target: "node22",
    packages: "external",
    plugins: [inlineManyFiles, askBuiltins, evaluateOnDemand, keepCompiled],
    sourcemap: "linked",
    logLevel: "warning",
    alias: { "@": root, "server-only": path.join(root, "scripts/server-only.mjs") },
  });
  const folder = path.resolve(root, outdir);
  mkdirSync(folder, { recursive: true });
  const made = new Set(outputFiles.map((file) => path.basename(file.path)));
  // First the parts, and then what imports them.
  const ordered = outputFiles.toSorted((a, b) => Number(path.basename(b.path).startsWith(part)) - Number(path.basename(a.path).startsWith(part)));
  const hasChanged = ordered.filter((file) => put(file.path, file.contents)).length > 0;
  if (hasChanged) rmSync(path.join(folder, COMPILED), { recursive: true, force: true });
  for (const name of readdirSync(folder)) if (name.startsWith(part) && !made.has(name)) rmSync(path.join(folder, name), { force: true });
}

if (process.argv[1] === import.meta.filename) await bundle();
