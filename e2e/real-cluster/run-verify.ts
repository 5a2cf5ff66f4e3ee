import { execFile, spawnSync } from "node:child_process";
import type { AnyControl } from "@/lib/controls/define";
import type { Verdict } from "@/lib/model/verdict";
import { findingCommand } from "@/lib/reads/finding-command";

const NOTHING_RUNS = "Containers of these pods do not run, and nothing answers under the names of hosts.";
const NOT_HERE: Readonly<Record<string, string>> = { "cloud-imds-egress-blocked": NOTHING_RUNS, "ingress-http-redirect": NOTHING_RUNS };

const HAS_TOOLS = ["bash", "kubectl", "jq"].every((tool) => spawnSync("which", [tool]).status === 0);

/** What is no answer. A kind of an engine that is not installed is one. */
const FAULT = /^(?:error|jq|bash|curl|unable|unknown)\b(?!.*the server doesn't have a resource type)/i;

function run(command: string, kubeconfig: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    // A command ends before what it leaves lying could fill the memory: kubectl need not look for it.
    const options = { env: { ...process.env, KUBECONFIG: kubeconfig, GOGC: "off" }, maxBuffer: 64 * 2 ** 20, timeout: 120_000 };
    execFile("bash", ["-c", command], options, (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}

/**
 * Runs the command that the page of a finding shows. Says what is wrong: it does not run, it denies the right that was found, or no line of
 * what it prints (the server's warnings are among that) names the object, unless the command does so itself. Null = nothing, or there is no kubectl or jq to try.
 */
export async function runVerify(kubeconfig: string, control: AnyControl, verdict: Verdict): Promise<string | null> {
  if (!HAS_TOOLS || NOT_HERE[control.id] !== undefined) return null;
  const { kind, namespace, name } = verdict.resource;
  const command = findingCommand(control, verdict);
  const { stdout, stderr } = await run(command, kubeconfig);
  const fault = stderr.split("\n").find((line) => FAULT.test(line));
  if (fault !== undefined) return `${command} fails: ${fault}`;
  if (command.startsWith("kubectl auth can-i ") && /^(?:no\s*)*$/.test(stdout)) return `${command} denies it`;
  const names = kind === "Cluster" ? [] : [namespace ?? "", name].filter((part) => !command.includes(part));
  const isNamed = names.length === 0 || `${stdout}\n${stderr}`.split("\n").some((line) => names.every((part) => line.includes(part)));
  return isNamed ? null : `${command} does not show ${names.join("/")}: ${stdout.slice(0, 400)}`;
}
