import "server-only";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { State, Verdict } from "@/lib/model/verdict";
import { STORED_STATES, type StoredState, type VerdictInput } from "@/lib/store/commit/commit-input";
import { toDigest, toFingerprint } from "@/lib/store/digests";

const STORED = new Set<State>(STORED_STATES);

function isStored(state: State): state is StoredState {
  return STORED.has(state);
}

/** The key asked for last: subjects are judged one by one. */
let last: { readonly ref: ResourceRef; readonly key: string } | null = null;

function keyOf(ref: ResourceRef): string {
  if (last?.ref !== ref) last = { ref, key: resourceKey(ref) };
  return last.key;
}

/** A verdict as it is stored; null for states that live in the tallies only. */
export function toVerdictInput(verdict: Verdict): VerdictInput | null {
  const { control, layer, severity, state, reason = null, locator, evidence } = verdict;
  if (!isStored(state)) return null;
  const key = keyOf(verdict.resource);
  const json = JSON.stringify(evidence);
  return {
    fingerprint: toFingerprint(control, key, locator),
    controlId: control,
    layer,
    resourceKey: key,
    apiVersion: verdict.resource.apiVersion,
    locator,
    scope: verdict.scope,
    state,
    severity,
    reason,
    evidence: json,
    digest: toDigest(`[${JSON.stringify(state)},${JSON.stringify(severity)},${JSON.stringify(reason)},${json}]`),
  };
}
