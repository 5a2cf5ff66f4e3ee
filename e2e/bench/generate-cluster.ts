import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import path from "node:path";

export interface GeneratedCluster {
  readonly workloads: number;
  /** Day N = N drifts of 2 % after day 0. */
  readonly day: number;
  readonly format: "list" | "jsonl";
}

/** Writes a synthetic cluster into a folder below `parent`, unless it is there; returns the folder. */
export async function generateCluster(tool: string, parent: string, { workloads, day, format }: GeneratedCluster): Promise<string> {
  const folder = path.join(parent, `${workloads}-${format}-day-${day}`);
  if (existsSync(path.join(folder, "summary.json"))) return folder;
  const args = [tool, "--out", folder, "--workloads", String(workloads), "--day", String(day), "--format", format];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`The cluster of ${workloads} workloads could not be generated.`);
  return folder;
}
