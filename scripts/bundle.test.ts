import { execFileSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
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

it("leaves a bundle that is the same, and what was compiled of it, and puts another in its place in one step", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "bundle-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [entry, made, compiled] = [path.join(folder, "say.ts"), path.join(folder, "say.mjs"), path.join(folder, "compile-cache")];
  const say = async (word: string) => {
    writeFileSync(entry, `console.log("${word}");\n`);
    await bundle({ say: entry }, path.relative(path.resolve(import.meta.dirname, ".."), folder));
    return statSync(made);
  };
  const first = await say("one");
  mkdirSync(compiled);
  utimesSync(made, 0, 0);
  const again = await say("one");
  expect([again.ino, existsSync(compiled)]).toEqual([first.ino, true]);
  expect(again.mtimeMs).toBeGreaterThanOrEqual(statSync(entry).mtimeMs - 1_000);

  const reading = openSync(made, "r");
  onTestFinished(() => closeSync(reading));
  await say("two");
  expect(readFileSync(reading, "utf8")).toContain('"one"');
  expect(readFileSync(made, "utf8")).toContain('"two"');
  expect(readdirSync(folder).sort()).toEqual(["say.mjs", "say.mjs.map", "say.ts"]);
});
