import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { deployment } from "../inventory/testing";

/** A container that `container-privileged` fails. */
export const privileged = (name: string) => ({ name, image: "nginx:1.29", securityContext: { privileged: true } });

/** A Deployment of such containers. */
export const cart = (...names: string[]) => deployment({ metadata: { name: "cart", namespace: "shop" }, podSpec: { containers: names.map(privileged) } });

/** A command that runs longer is ended, and then has no status: before its test runs out of time, which would leave it behind. */
export const ENDED_AFTER_MS = 200_000;

interface RunOptions {
  /** Of standard input. */
  readonly input?: string;
}

export interface TestedCommand {
  /** The folder of the project, in which it is run. */
  readonly root: string;
  /** The bundled program. */
  readonly script: string;
  /** Of this file's tests, for files. */
  readonly folder: string;
  write(name: string, content: string | Uint8Array): string;
  /** Manifests in one file. */
  writeObjects(name: string, ...objects: readonly object[]): string;
  run(args: readonly string[], options?: RunOptions): { readonly status: number | null; readonly out: string; readonly err: string };
}

/** The real command line, bundled before the tests of a file; `name` is of that file alone. */
export function testCommand(name: string): TestedCommand {
  const root = path.resolve(import.meta.dirname, "../..");
  // Inside the project, where packages are found.
  const built = `.build/cli-${name}-test`;
  const script = path.join(root, built, "scan.mjs");
  const folder = mkdtempSync(path.join(tmpdir(), `concentric-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => bundle({ scan: "keep-compiled:lib/cli/scan.ts" }, built));
  const write = (file: string, content: string | Uint8Array): string => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
    return target;
  };
  return {
    root,
    script,
    folder,
    write,
    writeObjects: (file, ...objects) => write(file, objects.map((object) => JSON.stringify(object)).join("\n---\n")),
    run(args, { input } = {}) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
        cwd: root,
        encoding: "utf8",
        timeout: ENDED_AFTER_MS,
        ...(input !== undefined && { input }),
      });
      return { status, out: stdout, err: stderr };
    },
  };
}
