import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { isRecord, text } from "@/lib/model/json";

export interface ApiServerProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** An API server in a process of its own, as a cluster would be; `args` are those of scripts/api-server.mjs. */
export async function startApiServerProcess(root: string, args: readonly string[]): Promise<ApiServerProcess> {
  const child = spawn(process.execPath, ["scripts/api-server.mjs", ...args], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const kill = () => child.kill();
  process.once("exit", kill);
  for await (const line of createInterface({ input: child.stdout })) {
    const answer: unknown = JSON.parse(line);
    const url = isRecord(answer) ? text(answer.url) : undefined;
    if (url === undefined) break;
    const stop = async () => {
      process.off("exit", kill);
      child.kill();
      await exited;
    };
    return { url, stop };
  }
  throw new Error("The API server did not start.");
}
