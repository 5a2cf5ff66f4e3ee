import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { bundle } from "./bundle.mjs";

it("leaves all that the command line imports where one of its neighbours is bundled alone", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const into = path.relative(path.resolve(import.meta.dirname, ".."), folder);
  await bundle(undefined, into);
  await bundle({ "pglite-worker": "lib/store/pglite-worker.ts" }, into);
  const imported = [...readFileSync(path.join(folder, "scan.mjs"), "utf8").matchAll(/"\.\/([\w.-]+\.mjs)"/g)].map(([, name = ""]) => name);
  expect(imported.length).toBeGreaterThan(0);
  for (const name of imported) expect([name, existsSync(path.join(folder, name))]).toEqual([name, true]);
});

it("gives what a builtin of Node exports to what imports it on demand", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const entry = path.join(folder, "ask.ts");
  writeFileSync(entry, 'const { Buffer } = await import("node:buffer");\nprocess.stdout.write(Buffer.from("YXNrZWQ=", "base64"));\n');
  await bundle({ ask: entry }, path.relative(path.resolve(import.meta.dirname, ".."), folder));
  expect(execFileSync(process.execPath, [path.join(folder, "ask.mjs")], { encoding: "utf8" })).toBe("asked");
});
