import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { calledFrom } from "./called-from";
import { testCommand } from "./testing-command";

const { root, script, folder, write } = testCommand("called-from");

const NPM = { npm_lifecycle_event: "scan", npm_package_name: "concentric" };

test("paths are read from where npm was called, and the report is written there", () => {
  const containers = [{ name: "a", image: "nginx", securityContext: { privileged: true } }];
  write("team/pod.json", JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name: "cart" }, spec: { containers } }));
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [script, "--only", "container-privileged", ...args, "pod.json"], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, ...NPM, INIT_CWD: path.join(folder, "team") },
    });
  const { status, stdout } = run("--format", "json");
  const { results } = JSON.parse(stdout) as { results: readonly object[] };
  expect([status, results]).toMatchObject([1, [{ control: "container-privileged", source: "pod.json", line: 1 }]]);
  expect(run("--format", "json", "-o", "known.json").status).toBe(1);
  expect(run("--baseline", "known.json").status).toBe(0);
});

test("another script's folder is not taken for it", () => {
  expect(calledFrom({ ...NPM, INIT_CWD: "/repo" })).toBe("/repo");
  for (const env of [
    { INIT_CWD: "/repo" },
    { ...NPM, npm_lifecycle_event: "test", INIT_CWD: "/repo" },
    { ...NPM, npm_package_name: "shop", INIT_CWD: "/repo" },
    NPM,
  ])
    expect(calledFrom(env)).toBeNull();
});
