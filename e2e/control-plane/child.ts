import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

export interface Child {
  readonly name: string;
  /** Null while it runs. */
  exitCode(): number | null;
  /** The last lines that it wrote. */
  tail(): string;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a program whose output goes to a file. It ends with this process, also when that is killed. */
export function startChild(name: string, command: readonly string[], logFile: string): Child {
  const log = openSync(logFile, "a");
  const [program = "", ...args] = command;
  // Our own binaries stop when their input ends.
  const child = spawn(program, args, { stdio: ["pipe", log, log], env: { ...process.env, STOP_WITH_STDIN: "1" } });
  closeSync(log);
  child.stdin?.on("error", () => {});
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
  void ended.then(() => running.delete(child));
  return {
    name,
    exitCode: () => child.exitCode,
    tail: () => readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-15).join("\n"),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin?.end();
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), 3000);
      await ended;
      clearTimeout(timer);
    },
  };
}
