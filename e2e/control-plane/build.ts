import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { KUBERNETES_VERSION, KWOK_VERSION } from "./versions";

const SOURCE = resolve("e2e/control-plane");
const STAGES = [
  "node/fast/node-initialize",
  "node/heartbeat-with-lease/node-heartbeat-with-lease",
  "pod/fast/pod-ready",
  "pod/fast/pod-complete",
  "pod/fast/pod-delete",
];

/** Twelve hex digits over what the binaries are made from. */
export function sourceDigest(): string {
  const hash = createHash("sha256").update(KWOK_VERSION);
  for (const file of ["go.mod", "main.go"]) hash.update(readFileSync(join(SOURCE, file)));
  return hash.digest("hex").slice(0, 12);
}

export function isBuilt(folder: string): boolean {
  return existsSync(join(folder, "stages.json"));
}

/** Needs Go and a module proxy, 5 minutes and 2 GB on the first run. The folder appears only when all is in it. */
export function buildControlPlane(folder: string): void {
  console.log("Building a Kubernetes control plane for the tests, once (about 5 minutes) ...");
  mkdirSync(dirname(folder), { recursive: true });
  removeAbandonedDrafts(dirname(folder));
  const draft = mkdtempSync(`${folder}-draft-`);
  try {
    go(["build", "-buildvcs=false", "-trimpath", "-ldflags", linkerFlags(), "-o", join(draft, "control-plane"), "."], SOURCE);
    go(["install", "-trimpath", "-ldflags", "-s -w", `sigs.k8s.io/kwok/cmd/kwok@${KWOK_VERSION}`], draft, { GOBIN: draft });
    writeFileSync(join(draft, "stages.json"), JSON.stringify(copyStages(draft)));
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
}

// A build that was killed leaves its draft behind; one of the last hour may still be at work.
function removeAbandonedDrafts(cache: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (name.includes("-draft-") && Date.now() - statSync(path).mtimeMs > 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}

// The API server refuses to start without a version of its own.
function linkerFlags(): string {
  const [major = "", minor = ""] = KUBERNETES_VERSION.slice(1).split(".");
  const set = (name: string, value: string) => `-X k8s.io/component-base/version.${name}=${value}`;
  return ["-s -w", set("gitVersion", KUBERNETES_VERSION), set("gitMajor", major), set("gitMinor", minor)].join(" ");
}

// What nodes and pods do is KWOK's own; it goes with its binary into the cache.
function copyStages(target: string): readonly string[] {
  const module: unknown = JSON.parse(go(["mod", "download", "-json", `sigs.k8s.io/kwok@${KWOK_VERSION}`], target));
  const root = typeof module === "object" && module !== null && "Dir" in module ? String(module.Dir) : "";
  return STAGES.map((stage) => {
    const name = `${basename(stage)}.yaml`;
    copyFileSync(join(root, "kustomize", "stage", `${stage}.yaml`), join(target, name));
    return name;
  });
}

function go(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): string {
  return execFileSync("go", args, {
    cwd,
    env: { ...process.env, CGO_ENABLED: "0", ...env },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 64 << 20,
  });
}
