import "server-only";
import type { Pool } from "pg";
import { listControls } from "@/lib/controls/registry";
import type { Told } from "@/lib/frameworks/clause-state";
import { decides } from "@/lib/frameworks/decides";
import { FRAMEWORK_KEYS, FRAMEWORKS } from "@/lib/frameworks/frameworks";
import { type Evidence, isRestOfEvidence } from "@/lib/model/verdict";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { loadFindingRecords } from "@/lib/store/findings/finding-record";
import { listFailing } from "@/lib/store/findings/list-failing";

/** Controls that ask several things, of which some clause needs but a part. */
const SEVERAL: ReadonlySet<string> = new Set(
  FRAMEWORK_KEYS.flatMap((key) =>
    FRAMEWORKS[key].clauses
      .filter((clause) => clause.parts.length > 0)
      .flatMap((clause) => listControls().flatMap((control) => (decides(control, key, clause) ? [control.id] : []))),
  ),
);

interface ToldOf extends Told {
  /** What a check says of what could not be told. */
  readonly sentences: ReadonlyMap<string, string>;
}

type ToldAt = ReadonlyMap<string, ToldOf>;

/** Thousands of workloads name the same few parts: one set for all of those that name the same. */
class ToldBuilder implements ToldOf {
  readonly failing: ReadonlySet<string>[] = [];
  readonly manual: ReadonlySet<string>[] = [];
  readonly sentences = new Map<string, string>();
  isWhole = true;
  readonly #sets = new Map<string, ReadonlySet<string>>();

  add(state: string, evidence: readonly Evidence[]): void {
    const checks = evidence.flatMap(({ check }) => check ?? []);
    // Where it was cut, each check of those that were left out is among the others.
    this.isWhole &&= checks.length > 0 && checks.length === evidence.filter((entry) => !isRestOfEvidence(entry)).length;
    for (const { check, message } of evidence) if (check !== undefined) this.sentences.set(check, message);
    const key = [...new Set(checks)].sort().join("\n");
    const set = this.#sets.get(key) ?? new Set(checks);
    this.#sets.set(key, set);
    (state === "manual" ? this.manual : this.failing).push(set);
  }
}

/** So many are held at once: those of a large cluster are as many as its workloads. */
const PAGE = 1_000;

async function load(pool: Pool, clusterId: number, seq: number): Promise<ToldAt> {
  const spans = (await listFailing(pool, clusterId, seq, { controls: SEVERAL, states: ["fail", "manual"] })).map(({ spanId }) => spanId);
  const told = new Map<string, ToldBuilder>();
  for (let from = 0; from < spans.length; from += PAGE) {
    for (const { controlId, state, evidence } of await loadFindingRecords(pool, clusterId, spans.slice(from, from + PAGE), seq)) {
      const of = told.get(controlId) ?? new ToldBuilder();
      told.set(controlId, of);
      of.add(state, evidence);
    }
  }
  return new Map([...told].filter(([, { isWhole }]) => isWhole));
}

/** Findings of all that are kept. */
const KEPT = 50_000;
const caches = heldBy<Pool, LruCache<ToldAt>>(
  "told",
  () => new LruCache<ToldAt>(KEPT, (told) => [...told.values()].reduce((sum, { failing, manual }) => sum + failing.length + manual.length, 100)),
);

/** What the findings of these controls name that fail or wait for people at a snapshot, by control; one whose evidence does not say it is left out. */
export function loadTold(pool: Pool, clusterId: number, seq: number): Promise<ToldAt> {
  return caches(pool).get(`${clusterId}/${seq}`, () => load(pool, clusterId, seq));
}
