/**
 * Which labels Cilium knows a pod by: patterns that leave keys out, and, as soon as somebody writes one that takes keys in, only those.
 * https://docs.cilium.io/en/stable/operations/performance/scalability/identity-relevant-labels/
 */
export type CiliumLabels = (key: string) => "kept" | "dropped" | "unclear";

/** Every pattern begins at the start of a key; one with `.*` at its end takes the rest of it, too. */
interface Pattern {
  readonly start: string;
  readonly takesRest: boolean;
}

const NAMESPACE = "io.kubernetes.pod.namespace";
const KEPT = [NAMESPACE, "io.cilium.k8s.namespace.labels", "io.cilium.k8s.policy.cluster", "app.kubernetes.io"];
const DROPPED = ["io.kubernetes", "kubernetes.io", "k8s.io", "pod-template-generation", "pod-template-hash", "controller-revision-hash", "etcd_node"];
/** Left out by later versions only. */
const DROPPED_SINCE = [
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/job-completion-index",
  "batch.kubernetes.io/controller-uid",
  "controller-uid",
];

/** The only one that begins with anything: `failure-domain.beta.kubernetes.io` is left out, too. */
const BETA = /^.*beta\.kubernetes\.io/;

/** A regular expression, as far as it is plain text; null = it is more than that. */
function toPattern(source: string): Pattern | null {
  const bare = source.replace(/^(?:k8s|any):/, "");
  const start = bare.replace(/\.\*$/, "");
  return /^[\w/-]*(?:\\?\.[\w/-]*)*$/.test(start) ? { start: start.replaceAll("\\", ""), takesRest: start !== bare } : null;
}

function toPlain(start: string): Pattern {
  return { start, takesRest: false };
}

/** How much of a key each pattern takes that takes some. */
function lengthsOf(patterns: readonly Pattern[], key: string): readonly number[] {
  return patterns.flatMap(({ start, takesRest }) => (key.startsWith(start) ? [takesRest ? key.length : start.length] : []));
}

/** `setting`: the key `labels` of Cilium's ConfigMap, which adds to what it does by itself; null = a file that is not read says what that is. */
export function toCiliumLabels(setting: string | null): CiliumLabels {
  if (setting === null) return (key) => (key === NAMESPACE ? "kept" : "unclear");
  const own = setting.split(/\s+/).filter((source) => source !== "" && !source.startsWith("reserved:"));
  const parsed = own.map((source) => ({ isOut: /^(?:\w+:)?!/.test(source), pattern: toPattern(source.replace("!", "")) }));
  if (parsed.some(({ pattern }) => pattern === null)) return () => "unclear";
  const patternsOf = (isOut: boolean) => parsed.flatMap((one) => (one.isOut === isOut ? (one.pattern ?? []) : []));
  const kept = [...KEPT.map(toPlain), ...patternsOf(false)];
  const dropped = [...DROPPED.map(toPlain), { start: "annotation", takesRest: true }, ...patternsOf(true)];
  const droppedSince = [...dropped, ...DROPPED_SINCE.map(toPlain)];
  const isWhitelist = parsed.some(({ isOut }) => !isOut);
  const isKept = (key: string, out: readonly Pattern[]) => {
    const ignored = [...lengthsOf(out, key), ...(BETA.exec(key) ?? []).map((part) => part.length)];
    if (ignored.length === 0 && !isWhitelist) return true;
    return Math.max(0, ...lengthsOf(kept, key)) > (ignored.length === 0 ? 0 : Math.min(...ignored));
  };
  return (key) => {
    const [before, since] = [isKept(key, dropped), isKept(key, droppedSince)];
    return before === since ? (before ? "kept" : "dropped") : "unclear";
  };
}
