/**
 * Which labels Cilium knows a pod by: patterns that leave keys out, and, as soon as somebody writes one that takes keys in, only those.
 * https://docs.cilium.io/en/stable/operations/performance/scalability/identity-relevant-labels/
 */
export type CiliumLabels = (key: string) => "kept" | "dropped" | "unclear";

const KEPT = ["io.kubernetes.pod.namespace", "io.cilium.k8s.namespace.labels", "io.cilium.k8s.policy", "app.kubernetes.io"];
const DROPPED = [
  "io.kubernetes",
  "kubernetes.io",
  "beta.kubernetes.io",
  "k8s.io",
  "pod-template-generation",
  "pod-template-hash",
  "controller-revision-hash",
  "annotation",
  "etcd_node",
];
/** Left out by later versions only. */
const DROPPED_SINCE = [
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
  "batch.kubernetes.io/job-completion-index",
  "batch.kubernetes.io/controller-uid",
  "controller-uid",
];

/** A regular expression that a key begins with, as far as it is plain text; null = it is more than that. */
function toPlain(pattern: string): string | null {
  const bare = pattern.replace(/^(?:k8s|any):/, "").replace(/\.\*$/, "");
  return /^[\w/-]*(?:\\?\.[\w/-]*)*$/.test(bare) ? bare.replaceAll("\\", "") : null;
}

function longest(starts: readonly string[], key: string): number {
  return Math.max(0, ...starts.filter((start) => key.startsWith(start)).map((start) => start.length));
}

function shortest(starts: readonly string[], key: string): number {
  return Math.min(...starts.filter((start) => key.startsWith(start)).map((start) => start.length));
}

/** `setting`: the key `labels` of Cilium's ConfigMap, which adds to what it does by itself. */
export function toCiliumLabels(setting: string): CiliumLabels {
  const own = setting.split(/\s+/).filter((pattern) => pattern !== "" && !pattern.startsWith("reserved:"));
  const parsed = own.map((pattern) => ({ isOut: /^(?:\w+:)?!/.test(pattern), start: toPlain(pattern.replace("!", "")) }));
  if (parsed.some(({ start }) => start === null)) return () => "unclear";
  const startsOf = (isOut: boolean) => parsed.flatMap((one) => (one.isOut === isOut && one.start !== null ? [one.start] : []));
  const [kept, dropped] = [
    [...KEPT, ...startsOf(false)],
    [...DROPPED, ...startsOf(true)],
  ];
  const isWhitelist = parsed.some(({ isOut }) => !isOut);
  const isKept = (key: string, out: readonly string[]) => {
    const ignored = shortest(out, key);
    return (!isWhitelist && ignored === Number.POSITIVE_INFINITY) || longest(kept, key) > (Number.isFinite(ignored) ? ignored : 0);
  };
  return (key) => {
    const [before, since] = [isKept(key, dropped), isKept(key, [...dropped, ...DROPPED_SINCE])];
    return before === since ? (before ? "kept" : "dropped") : "unclear";
  };
}
