import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { messageOf } from "@/lib/model/message-of";
import { buildControlPlane, isBuilt, sourceDigest } from "./build";
import { KUBERNETES_VERSION } from "./versions";

/** Command lines to which flags are added. Null = there is none, and nothing runs in its place. */
export interface Binaries {
  readonly etcd: readonly string[];
  readonly apiServer: readonly string[];
  readonly controllerManager: readonly string[] | null;
  readonly scheduler: readonly string[] | null;
  readonly kwok: readonly string[] | null;
  readonly stageFiles: readonly string[];
}

export type BinarySearch = { readonly binaries: Binaries } | { readonly reason: string };

/** The caller's own API server, else ours from the cache, else ours built now; else why there is none. */
export function findBinaries(): BinarySearch {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) return findAssets(assets);
  const folder = join(cacheFolder(), `control-plane-${KUBERNETES_VERSION}-${sourceDigest()}`);
  if (isBuilt(folder)) return { binaries: toBinaries(folder) };
  if (!hasGo()) return { reason: "no control plane: KUBEBUILDER_ASSETS is not set, none was built before, and Go is not on the PATH" };
  try {
    buildControlPlane(folder);
  } catch (error) {
    return { reason: `the control plane could not be built: ${messageOf(error).slice(0, 400)}` };
  }
  return { binaries: toBinaries(folder) };
}

function findAssets(folder: string): BinarySearch {
  const apiServer = join(folder, "kube-apiserver");
  const etcd = join(folder, "etcd");
  const missing = [apiServer, etcd].filter((file) => !existsSync(file));
  if (missing.length > 0) return { reason: `KUBEBUILDER_ASSETS has no ${missing.join(" and no ")}` };
  return { binaries: { etcd: [etcd], apiServer: [apiServer], controllerManager: null, scheduler: null, kwok: null, stageFiles: [] } };
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "concentric");
}

function hasGo(): boolean {
  try {
    execFileSync("go", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function toBinaries(folder: string): Binaries {
  const program = join(folder, "control-plane");
  const stages: unknown = JSON.parse(readFileSync(join(folder, "stages.json"), "utf8"));
  return {
    etcd: [program, "etcd"],
    apiServer: [program, "kube-apiserver"],
    controllerManager: [program, "kube-controller-manager"],
    scheduler: [program, "kube-scheduler"],
    kwok: [program, "guard", join(folder, "kwok")],
    stageFiles: Array.isArray(stages) ? stages.map((name) => join(folder, String(name))) : [],
  };
}
