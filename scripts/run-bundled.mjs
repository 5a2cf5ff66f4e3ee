import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Bundles one TypeScript file of the project into .build/ and runs it in this process. */
export async function runBundled(entry, name) {
  const root = resolve(import.meta.dirname, "..");
  const outfile = join(root, ".build", `${name}.mjs`);
  mkdirSync(join(root, ".build"), { recursive: true });
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "@": root },
    plugins: [{ name: "server-only", setup: (api) => {
      api.onResolve({ filter: /^server-only$/ }, () => ({ path: "server-only", namespace: "empty" }));
      api.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "" }));
    } }],
    logLevel: "warning",
  });
  await import(pathToFileURL(outfile).href);
}
