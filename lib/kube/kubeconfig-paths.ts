import "server-only";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** The files that make up the kubeconfig, as kubectl finds them: paths that do not exist are left out unless they were all that was named. */
export function listKubeconfigPaths(kubeconfig: string | null): readonly string[] {
  const named = (kubeconfig ?? "").split(delimiter).filter((path) => path !== "");
  if (named.length === 0) {
    const path = join(homedir(), ".kube", "config");
    return existsSync(path) ? [path] : [];
  }
  const existing = named.filter((path) => existsSync(path));
  return existing.length > 0 ? existing : named;
}
