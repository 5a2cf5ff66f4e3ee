import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";

/**
 * A program of this folder as a server starts it, made before the tests of a suite in a folder of its own that is gone after them. `options` stand before
 * its path, as `scripts/bundle.mjs` takes them. The folder lies within the project, where the program finds its packages.
 */
export function withBundled(name: string, options = ""): { readonly folder: string; readonly script: string } {
  const root = path.resolve(import.meta.dirname, "../..");
  mkdirSync(path.join(root, ".build"), { recursive: true });
  const folder = mkdtempSync(path.join(root, ".build", `test-${name}-`));
  beforeAll(() => bundle({ [name]: `${options}lib/scan/${name}.ts` }, path.relative(root, folder)));
  afterAll(() => rmSync(folder, { recursive: true }));
  return { folder, script: path.join(folder, `${name}.mjs`) };
}
