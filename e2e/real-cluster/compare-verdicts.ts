import { findControl } from "@/lib/controls/registry";
import { resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import { readsWhatIsLearnt } from "./opt-in-slices";

function keyOf(verdict: Verdict): string {
  return `${verdict.control} on ${resourceKey(verdict.resource)}${verdict.locator === "" ? "" : ` ${verdict.locator}`}`;
}

/**
 * The state, and for a failure the fields that are to blame: those of the object itself, not what its pods show beside it.
 * How bad it is counts where a control looks at nothing else; what is around may be more than the manifests.
 */
function gist(verdict: Verdict | undefined): string {
  if (verdict === undefined) return "no verdict";
  const fields = verdict.evidence
    .filter(({ source }) => source !== "runtime")
    .map(({ path, container, check }) => [path, container, check].filter(Boolean).join(" "))
    .sort();
  const severity = findControl(verdict.control)?.reads.length === 0 ? ` ${verdict.severity}` : "";
  return verdict.state === "fail" ? `fail${severity}: ${fields.join(", ")}` : verdict.state;
}

export interface Comparison {
  /** Verdicts that manifests could decide. */
  readonly decided: number;
  /** One line each. */
  readonly differences: readonly string[];
}

/** Whether a question applies at all can hang on the nodes, which manifests seldom show. */
function isLeftToNodes(written: Verdict, live: Verdict | undefined): boolean {
  return written.state === "pass" && live?.state === "not-applicable" && findControl(written.control)?.reads.includes("nodes") === true;
}

/** The cluster itself is more than its manifests, and what is read only when somebody asks for it is not read here. */
function isComparable({ control, resource }: Verdict): boolean {
  const found = findControl(control);
  const isUnasked = found !== null && (found.reads.includes("secrets") || readsWhatIsLearnt(found));
  return resource.kind !== "Cluster" && resource.kind !== "Secret" && !isUnasked;
}

/**
 * Compares what was said of manifests with what is said of the objects that a server made of them. Left out is what manifests
 * cannot tell: verdicts that need the whole cluster or are about it, and Jobs that have run to their end.
 */
export function compareVerdicts(written: readonly Verdict[], live: readonly Verdict[]): Comparison {
  const ofLive = new Map(live.map((verdict) => [keyOf(verdict), verdict]));
  const finished = new Set(live.filter(({ reason }) => reason?.startsWith("The Job has finished")).map(keyOf));
  const decided = written.filter((verdict) => verdict.state !== "unknown" && isComparable(verdict) && !finished.has(keyOf(verdict)));
  const differences = decided.flatMap((verdict) => {
    const found = ofLive.get(keyOf(verdict));
    const other = gist(found);
    return other === gist(verdict) || isLeftToNodes(verdict, found) ? [] : [`${keyOf(verdict)}: manifest ${gist(verdict)} | live ${other}`];
  });
  return { decided: decided.length, differences };
}
