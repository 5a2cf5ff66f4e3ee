import "server-only";
import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors/app-error";
import type { ClusterTarget } from "@/lib/kube/cluster-target";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import { isLoopback } from "@/lib/model/is-loopback";
import { dig, parseJson, text } from "@/lib/model/json";
import type { ClusterRecord } from "@/lib/store/clusters";
import type { Database } from "@/lib/store/open-database";

/** What tells a cluster from others. */
export interface ClusterIdentity {
  /** uid of the namespace kube-system; null = it could not be read. */
  readonly uid: string | null;
  /** What `findAuthority` says. */
  readonly authority: string | null;
  readonly server: string | null;
  /** The address tells nothing: each cluster has it for its own pods. */
  readonly isNamedByUid?: boolean;
}

const NAMELESS =
  "The namespace kube-system may not be read, and nothing else tells this cluster from others that have the same address, so nothing is stored: let it be read, as by deploy/cluster-role.yaml.";

const NEVER_NAMED =
  "Nothing tells whether this is the cluster that is remembered here, as its namespace kube-system was never read, so nothing was stored: let its own server read that namespace, as by deploy/cluster-role.yaml.";

/** Pods of any cluster reach its API server at the same address, and a database that is served may be that of servers in several. */
export function isNamedByUid(target: Pick<ClusterTarget, "source">, database: Pick<Database, "kind">): boolean {
  return target.source === "in-cluster" && database.kind === "postgresql";
}

/** What else leads to the machine itself: k3d names every address of it, Docker Desktop and containers have names for it. */
const OWN_HOST = /^(?:0\.0\.0\.0|(?:kubernetes|host)\.docker\.internal|host\.containers\.internal)$/;

/**
 * What a cluster on the machine itself (kind, k3d) has of its own where its uid may not be read: the next one, and that of somebody else's machine, have its
 * context and its address, and another authority. One authority may be that of several clusters (minikube), so it tells two apart and never takes two for
 * one. Elsewhere an address is one cluster's, whose authority may be renewed. Null = it says nothing.
 */
export function findAuthority({ endpoint: { host, authority } }: Pick<KubeConnection, "endpoint">): string | null {
  if (authority === null || !(isLoopback(host) || OWN_HOST.test(host))) return null;
  return createHash("sha256").update(authority.replaceAll(/\s/g, "")).digest("hex");
}

function isOfOtherAuthority(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

/** Those that a context and an address lead to: more than one where a cluster was made anew under them, or has a like on another machine. */
export function findNamesakes(
  clusters: readonly ClusterRecord[],
  { source, context, server, authority }: Pick<ClusterRecord, "source" | "context" | "server" | "authority">,
) {
  const named = clusters.filter((each) => !each.isDemo && each.source === source && each.context === context && each.server === server);
  return named.filter((each) => !isOfOtherAuthority(each.authority, authority));
}

/** Throws AppError `conflict`. */
export function refuseNameless(): never {
  throw new AppError("conflict", NAMELESS);
}

/** uid of the namespace kube-system; null when it may not be read. Throws AppError `upstream` when it could not be asked: that says nothing of who it is. */
export async function findClusterUid(connection: KubeConnection, signal?: AbortSignal): Promise<string | null> {
  const answer = await connection.get("/api/v1/namespaces/kube-system", signal ? { signal } : {});
  if (answer.ok) return text(dig(parseJson(answer.body.toString("utf8")), "metadata", "uid")) ?? null;
  const { status, reason, action } = answer.fault;
  if (status === "forbidden" || status === "absent") return null;
  throw new AppError("upstream", `${reason} ${action}`);
}

/**
 * Throws AppError `conflict` when a connection leads to another cluster than it did: a context is a name that anybody may give to the
 * next cluster, and what that one holds must not be remembered as changes of this one.
 */
export async function requireSameCluster(connection: KubeConnection, known: ClusterIdentity, signal?: AbortSignal): Promise<void> {
  const uid = await findClusterUid(connection, signal);
  const isTold = uid !== null && known.uid !== null;
  if (isTold && uid === known.uid) return;
  if (isTold || isOfOtherAuthority(known.authority, findAuthority(connection))) {
    throw new AppError(
      "conflict",
      `${connection.context} now leads to another cluster, at ${connection.server}, so nothing was stored: start Concentric again to remember that one by itself, or correct the context.`,
    );
  }
  if (known.isNamedByUid) throw new AppError("conflict", uid === null ? NAMELESS : NEVER_NAMED);
  if (known.server === null || known.server === connection.server) return;
  throw new AppError(
    "conflict",
    `${connection.context} led to ${known.server} and now leads to ${connection.server}, and nothing tells whether that is the same cluster, so nothing was stored: let the namespace kube-system be read, or start Concentric again to remember that one by itself.`,
  );
}
