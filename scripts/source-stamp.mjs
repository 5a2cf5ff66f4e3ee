// Hashes of sources: over everything that the build is made of (a build is stale when it differs), and over what makes verdicts.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const PARTS = [
  "app",
  "components",
  "lib",
  "prisma",
  "scripts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.js",
  "postcss.config.mjs",
  "package-lock.json",
  "tsconfig.json",
];

const JUDGING = ["controls", "engine", "graph", "inventory", "pod-security", "cel", "collectors", "model"].map((zone) => `lib/${zone}`);

function* filesBelow(root, name) {
  const full = path.join(root, name);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat?.isFile()) yield name;
  else if (stat?.isDirectory() && !name.endsWith("generated")) for (const entry of readdirSync(full).sort()) yield* filesBelow(root, path.join(name, entry));
}

function stampOf(root, parts) {
  const hash = createHash("sha256");
  for (const part of parts) {
    for (const file of filesBelow(root, part)) {
      if (/\.(test|generated)\.tsx?$/.test(file)) continue;
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(path.join(root, file)))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

export function sourceStamp() {
  return stampOf(ROOT, PARTS);
}

/** Of everything that a verdict depends on, but of nothing that a cluster says. */
export function judgingStamp(root = ROOT) {
  return stampOf(root, JUDGING);
}
