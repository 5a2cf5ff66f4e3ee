import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const MODULE = path.join(import.meta.dirname, "run-to-end.mjs");

/** Runs `script` to its end within a process, and prints its status. */
const around = (script: string) =>
  spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { runToEnd } from ${JSON.stringify(MODULE)};
       console.log("status", await runToEnd(process.execPath, ["--eval", ${JSON.stringify(script)}], { stdio: ["ignore", "inherit", "inherit"] }));`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );

it("tells how a command ended", async () => {
  const [said] = (await once(around("process.exit(3)").stdout, "data")) as [Buffer];
  expect(said.toString()).toBe("status 3\n");
});

it.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)("ends a command with the process that runs it, by %s", async (signal, status) => {
  // Its output ends when nobody is left who could write to it: both.
  const both = around("console.log('runs'); setTimeout(() => console.log('ran on'), 20_000)");
  let said = "";
  both.stdout.on("data", (data) => {
    said += data;
  });
  await once(both.stdout, "data");
  const closed = once(both, "close");
  both.kill(signal);
  expect([...(await closed), said]).toEqual([status, null, "runs\n"]);
});

it("leaves no shell between npm and what it runs: npm passes a signal on to its shell alone, which would end and leave the server behind", () => {
  const { scripts } = JSON.parse(readFileSync(path.join(import.meta.dirname, "../package.json"), "utf8"));
  for (const name of ["start", "demo", "scan", "backup", "restore", "redate", "forget"]) expect(scripts[name]).toMatch(/^exec node /);
  expect(scripts.build).toMatch(/ && exec node \S+$/);
  expect(scripts.dev).toMatch(/ && exec next dev [^&]+$/);
});
