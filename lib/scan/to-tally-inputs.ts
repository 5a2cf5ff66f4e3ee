import "server-only";
import type { NamespaceTally, Tally } from "@/lib/scoring/tally";
import type { TallyInput } from "@/lib/store/commit/commit-input";

/** Statistics as they are stored: per control, and per namespace and control (`shop|host-pid`, "" = cluster-wide). */
export function* toTallyInputs(tallies: readonly Tally[], namespaceTallies: readonly NamespaceTally[]): Generator<TallyInput> {
  for (const { control, layer: _layer, ...counts } of tallies) yield { dimension: "control", key: control, ...counts };
  for (const { control, namespace, scope, n, failing, unknown, worst } of namespaceTallies) {
    const counts = { n, failing, unknown, worst, waived: 0, subsumed: 0, notApplicable: 0, manual: 0, stale: 0 };
    yield { dimension: "namespace-control", key: `${namespace}|${control}`, scope, ...counts };
  }
}
