import "server-only";
import type { KubeConnection } from "@/lib/kube/kube-connection";
import type { ReadFault } from "@/lib/kube/read-fault";
import type { KindCoverage } from "@/lib/model/coverage";
import type { JsonRecord } from "@/lib/model/json";
import type { OptInSource } from "@/lib/model/opt-in-source";

/** What is asked of a node before its kubelet is. */
export interface ListedNode {
  readonly name: string;
  readonly isReady: boolean;
  /** No machine, so no kubelet of one's own. */
  readonly isVirtual: boolean;
}

export interface OptInMeans {
  readonly connection: KubeConnection;
  readonly add: (body: JsonRecord) => void;
  /** Those that the scan has listed; null = they could not be listed to their end. */
  readonly nodes: readonly ListedNode[] | null;
  readonly signal?: AbortSignal;
}

export interface OptInReading extends Pick<KindCoverage, "status" | "objects" | "reason" | "action"> {
  /** True when what was read can be judged, although it is not all. */
  readonly isUsable: boolean;
}

/** Reads what only those get who ask for it. */
export interface OptInReader {
  readonly source: OptInSource;
  /** How it stands in the coverage. */
  readonly kind: Pick<KindCoverage, "group" | "version" | "resource" | "kind">;
  /** Why nobody gets it unasked, in one sentence. */
  readonly off: string;
  /** The one action that gets it. */
  readonly on: string;
  /** The file with the rights that it needs; null = none. */
  readonly grant: string | null;
  /** What cannot be read is an answer with a reason; throws AppError for what concerns the whole cluster, and the abort reason. */
  readonly read: (means: OptInMeans) => Promise<OptInReading>;
}

/** A whole source that could not be read. Who is refused needs the grant of this source, not the published ClusterRole. */
export function toFaultReading({ status, reason, action }: ReadFault, grant: string | null): OptInReading {
  const isGrantable = status === "forbidden" && grant !== null;
  return { status, objects: 0, reason, action: isGrantable ? `Apply ${grant}, or switch this source off in the settings.` : action, isUsable: false };
}
