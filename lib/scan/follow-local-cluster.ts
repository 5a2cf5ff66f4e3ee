import "server-only";
import { AppError } from "@/lib/errors/app-error";
import type { ClusterTarget } from "@/lib/kube/cluster-target";
import type { Database } from "@/lib/store/open-database";
import { whyUnusable } from "@/lib/store/to-database-error";
import { getLogger } from "@/lib/telemetry/logger";
import { setLocalClusterId, setLocalClusterState } from "./local-cluster-state";
import { registerCluster, type Registered } from "./register-cluster";

interface FollowOptions {
  /** Asked before every try: a kubeconfig may have appeared, or changed. */
  readonly findTarget: () => ClusterTarget | null;
  readonly onFound: (found: Registered) => Promise<void>;
  /** Each wait is twice the one before, up to the longest. */
  readonly waits?: { readonly firstMs: number; readonly longestMs: number };
}

const WAITS = { firstMs: 2_000, longestMs: 60_000 };
const NO_TARGET = "KUBECONFIG is not set, there is no ~/.kube/config, and no service account of a pod.";

function explain(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return whyUnusable(error) ?? "The cluster of the kubeconfig could not be read: see the server's log.";
}

/**
 * Makes the cluster that this machine points at known, and tries until that works: it may start later than Concentric, or get its kubeconfig later. It
 * does not hold up the first page, and the log tells of a problem once. Returns how to stop.
 */
export function followLocalCluster(database: Database, { findTarget, onFound, waits = WAITS }: FollowOptions): () => void {
  const log = getLogger();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let told: string | null = null;
  /** Ids: it is stored with the first try, and the next one would take a cluster for one that was always there. */
  const moved = new Set<number>();

  function fail(problem: string, error?: unknown): void {
    setLocalClusterState({ context: null, server: null, problem });
    if (problem === told) return;
    told = problem;
    log.warn(error === undefined || error instanceof AppError ? {} : { err: error }, `no cluster is read yet, and Concentric keeps trying: ${problem}`);
  }

  async function isFound(): Promise<boolean> {
    const target = findTarget();
    if (target === null || target.source === "url") {
      fail(NO_TARGET);
      return false;
    }
    try {
      const found = await registerCluster(database, target);
      if (found.isMoved) moved.add(found.cluster.id);
      if (isStopped) return true;
      setLocalClusterId(found.cluster.id);
      setLocalClusterState({ context: found.cluster.context, server: found.cluster.server, problem: null });
      log.info({ cluster: found.cluster.slug }, `reading ${found.description}`);
      await onFound({ ...found, isMoved: moved.has(found.cluster.id) });
      return true;
    } catch (error) {
      fail(explain(error), error);
      return false;
    }
  }

  async function look(waitMs: number): Promise<void> {
    if ((await isFound()) || isStopped) return;
    timer = setTimeout(() => void look(Math.min(2 * waitMs, waits.longestMs)), waitMs);
    timer.unref();
  }

  void look(waits.firstMs);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
