// Builds the server into .next/standalone, with what Next leaves out of it, and notes what it was built from.
import { cpSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundle } from "./bundle.mjs";
import { runToEnd } from "./run-to-end.mjs";
import { sourceStamp } from "./source-stamp.mjs";

const root = path.resolve(import.meta.dirname, "..");
const standalone = path.join(root, ".next", "standalone");

export async function build() {
  const stamp = sourceStamp();
  await bundle();
  rmSync(standalone, { recursive: true, force: true });
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const status = await runToEnd(process.execPath, [next, "build"], { cwd: root, env, stdio: "inherit" });
  if (status !== 0) process.exit(status);
  cpSync(path.join(root, ".next", "static"), path.join(standalone, ".next", "static"), { recursive: true });
  writeFileSync(path.join(standalone, "build-stamp"), stamp);
}

if (process.argv[1] === import.meta.filename) await build();
