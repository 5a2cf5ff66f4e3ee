import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { record, text } from "@/lib/model/json";
import { findFreePort } from "../control-plane/free-port";

export interface ServerProcess {
  readonly base: string;
  /** The most memory that the process ever held. */
  peakRssMib(): number;
  /** The most that any of its scans held, as seen ten times a second. */
  peakScanRssMib(): number;
  stop(): Promise<void>;
}

/** Includes a build, when the sources changed. */
const READY_WITHIN_MS = 600_000;
const STOP_WITHIN_MS = 15_000;
const LOOK_EVERY_MS = 100;

/** The built server as users start it. */
export async function startServerProcess(root: string, env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [...profiling(), ...startArguments(root)], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, LOG_LEVEL: "warn", ...env, PORT: String(port) },
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const base = `http://127.0.0.1:${port}`;
  await waitUntilReady(child, base);
  let scanRssMib = 0;
  const timer = setInterval(() => {
    for (const pid of listChildren(child.pid ?? 0)) scanRssMib = Math.max(scanRssMib, peakRssOf(pid) ?? 0);
  }, LOOK_EVERY_MS);
  return {
    base,
    peakRssMib: () => peakRssOf(child.pid ?? 0) ?? Number.NaN,
    peakScanRssMib: () => scanRssMib,
    async stop() {
      clearInterval(timer);
      process.off("exit", kill);
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const late = setTimeout(kill, STOP_WITHIN_MS);
      await exited;
      clearTimeout(late);
    },
  };
}

/** Mebibytes; null = the process is gone. */
function peakRssOf(pid: number): number | null {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kib === undefined ? null : Number(kib) / 1024;
  } catch {
    return null;
  }
}

function listChildren(pid: number): readonly number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number));
  } catch {
    return [];
  }
}

/** What `npm start` gives to node; npm itself would be one more process between. */
function startArguments(root: string): readonly string[] {
  const { scripts } = record(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
  const [exec, node, ...args] = (text(record(scripts).start) ?? "").split(" ");
  if (exec !== "exec" || node !== "node") throw new Error("The script `start` of package.json does not begin with exec node.");
  return args;
}

/** `CONCENTRIC_BENCH_NODE_ARGS="--cpu-prof --cpu-prof-dir=/tmp/profile"` looks inside. */
function profiling(): readonly string[] {
  return (process.env.CONCENTRIC_BENCH_NODE_ARGS ?? "").split(" ").filter((arg) => arg !== "");
}

async function waitUntilReady(child: ChildProcess, base: string): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await wait(100)) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}; the lines above say why.`);
    const isReady = await fetch(`${base}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
  }
  throw new Error("The server was not ready in ten minutes.");
}
