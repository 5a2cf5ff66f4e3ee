// One hash over everything that the build is made of: a build is stale when it differs.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");
const PARTS = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "scripts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.js",
  "package-lock.json",
  "tsconfig.json",
];

function* filesBelow(name) {
  const full = path.join(ROOT, name);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat?.isFile()) yield name;
  else if (stat?.isDirectory() && !name.endsWith("generated")) for (const entry of readdirSync(full).sort()) yield* filesBelow(path.join(name, entry));
}

export function sourceStamp() {
  const hash = createHash("sha256");
  for (const part of PARTS) {
    for (const file of filesBelow(part)) {
      if (/\.(test|generated)\.tsx?$/.test(file)) continue;
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(path.join(ROOT, file)))
        .update("\0");
    }
  }
  return hash.digest("hex");
}
