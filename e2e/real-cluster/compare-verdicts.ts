import { resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";

function keyOf(verdict: Verdict): string {
  return `${verdict.control} on ${resourceKey(verdict.resource)}${verdict.locator === "" ? "" : ` ${verdict.locator}`}`;
}

/** State, severity, and for a failure the fields that are to blame: those of the object itself, not what its pods show beside it. */
function gist(verdict: Verdict | undefined): string {
  if (verdict === undefined) return "no verdict";
  const fields = verdict.evidence.filter(({ source }) => source !== "runtime").map(({ path, container, check }) => [path, container, check].filter(Boolean).join(" ")).sort();
  return verdict.state === "fail" ? `fail ${verdict.severity}: ${fields.join(", ")}` : verdict.state;
}

export interface Comparison {
  /** Verdicts that manifests could decide. */
  readonly decided: number;
  /** One line each. */
  readonly differences: readonly string[];
}

/**
 * Compares what was said of manifests with what is said of the objects that a server made of them. Left out is what manifests
 * cannot tell: verdicts that need the whole cluster or are about it, and Jobs that have run to their end.
 */
export function compareVerdicts(written: readonly Verdict[], live: readonly Verdict[]): Comparison {
  const ofLive = new Map(live.map((verdict) => [keyOf(verdict), verdict]));
  const finished = new Set(live.filter(({ reason }) => reason?.startsWith("The Job has finished")).map(keyOf));
  const decided = written.filter((verdict) => verdict.state !== "unknown" && verdict.resource.kind !== "Cluster" && !finished.has(keyOf(verdict)));
  const differences = decided.flatMap((verdict) => {
    const other = gist(ofLive.get(keyOf(verdict)));
    return other === gist(verdict) ? [] : [`${keyOf(verdict)}: manifest ${gist(verdict)} | live ${other}`];
  });
  return { decided: decided.length, differences };
}
