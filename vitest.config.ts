import { chmodSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

// Of all threads that begin from now on. With room for what is young, and soon forgotten, a sixth less of the processor goes by.
for (const flag of ["--min-semi-space-size=16", "--max-semi-space-size=32"]) setFlagsFromString(flag);

/** The zones without I/O, which keep no state: their files can share what they import, instead of loading the catalogue anew in each. */
const PURE = [
  "lib/{client,contracts,controls,engine,format,frameworks,graph,inventory,model,pod-security,scoring}/**/*.test.ts",
  "components/**/*.test.{ts,tsx}",
];

/**
 * They share the catalogue and everything else that they import, and hand on databases, emptied: to load the one and to begin the other takes longer than most
 * of them. What is kept of a database is kept by its pool. A file that puts something in the place of a module, a function or the time, that changes its
 * process or what a database is made of is loaded by itself: in the next ones it would stay so, and what was imported before it would not be.
 */
const JOINED = globSync("lib/{cel,cli,collectors,demo,http,kube,reads,scan,store}/**/*.test.ts", { cwd: root }).filter(
  (file) => !/\bvi\.|\bprocess\.(?:env|on|once|chdir)\b|\b(?:CREATE|ALTER|DROP) [A-Z]/.test(readFileSync(`${root}${file}`, "utf8")),
);

// What is handed on is begun in threads, which are ended before they could clean up.
const folder = mkdtempSync(path.join(tmpdir(), "joined-"));
chmodSync(folder, 0o711); // PostgreSQL has its data below, as the user of its own that root starts it as
process.once("exit", () => {
  for (const file of globSync("concentric-postgres-*/data/postmaster.pid", { cwd: folder })) {
    try {
      process.kill(Number.parseInt(readFileSync(path.join(folder, file), "utf8"), 10), "SIGQUIT");
    } catch {
      // It has ended by itself.
    }
  }
  // A server that ends takes some of its files away meanwhile.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

export default defineConfig({
  resolve: { alias: { "@": root.replace(/\/$/, ""), "server-only": `${root}scripts/server-only.mjs` } },
  test: {
    pool: "threads",
    // Real databases and child processes: slow only on a machine that is busy with something else, and there it has taken a minute to begin a database.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 100_000 } },
    maxWorkers: 2,
    // They begin in the order of their names: first what takes long, and last what takes no time, so that both workers have something to do to the end.
    projects: [
      {
        extends: true,
        test: { name: "isolated", include: ["{lib,scripts}/**/*.test.ts", "e2e/api-server/**/*.test.ts"], exclude: [...PURE, ...JOINED] },
      },
      { extends: true, test: { name: "joined", include: JOINED, isolate: false, env: { TMPDIR: folder, CONCENTRIC_HAND_ON_DATABASES: "1" } } },
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
    ],
  },
});
