import "server-only";
import type { Pool } from "pg";
import { toReweighted } from "@/lib/controls/cluster-catalogue";
import type { AnyControl } from "@/lib/controls/define";
import type { CelShare } from "@/lib/cel/cel-budget";
import { CEL_LIMITS } from "@/lib/cel/cel-limits";
import { toOwnControl } from "@/lib/controls/own/own-control";
import { findControl, listControls } from "@/lib/controls/registry";
import { type SliceName, SLICE_KINDS } from "@/lib/inventory/slices";
import { parseSettings } from "@/lib/scan/parse-settings";
import { toSettingsEntries } from "@/lib/scan/to-settings-entries";
import { type CatalogueEntry, parseCatalogueEntries } from "@/lib/scoring/catalogue-entries";
import type { ScopedControl } from "@/lib/scoring/posture";
import { heldBy } from "@/lib/store/as-of/held-by";
import { LruCache } from "@/lib/store/as-of/lru-cache";
import { findCatalogue, findLastEntry } from "@/lib/store/catalogues";
import type { Reader } from "./open-reader";
import { toRetiredControl } from "./retired-control";

/** The controls as they were when a snapshot was taken: what was switched off, re-weighted or written by the cluster's own people. */
export interface CatalogueAt {
  /** Those that made the score; null when no scan stored them. */
  readonly scored: readonly ScopedControl[] | null;
  readonly entries: ReadonlyMap<string, CatalogueEntry>;
  /** Any control that the product has, or that it or the cluster had then, at its weight of then, by id or alias. */
  readonly find: (id: string) => AnyControl | null;
  /** Those in force then. */
  readonly list: () => readonly AnyControl[];
  /** Those in force then, and the ones that were switched off. */
  readonly listKnown: () => readonly AnyControl[];
  /** False for a control that was switched off, taken away, or not there yet; by id or alias. */
  readonly isInForce: (id: string) => boolean;
  /** The same control for one trial on a page: an own control gets a small share of its own, unspent. */
  readonly forTrial: (control: AnyControl) => AnyControl;
  /** Those in force, and the ones that were switched off or came later. */
  readonly listAll: () => readonly AnyControl[];
}

const clock = (): number => performance.now();

/** Counted in steps, so that an answer does not depend on how busy the machine is. A trial asks of few objects. */
const TRIAL_SHARE: CelShare = { ...CEL_LIMITS, controlSteps: 200_000 };

function isSlice(name: string): name is SliceName {
  return name === "workloads" || name in SLICE_KINDS;
}

/** Placed, weighed and asked for as the release of then did; what it says of an object is asked of today's. */
function asThen(known: AnyControl, entry: CatalogueEntry): AnyControl {
  const { maxSeverity: _max, isRollUp: _isRollUp, ...control } = entry.reweighted ? toReweighted(known, entry.severity) : known;
  const { layer, severity, maxSeverity, isRollUp } = entry;
  const needs = entry.needs?.filter(isSlice);
  return { ...control, layer, severity, ...(maxSeverity && { maxSeverity }), ...(isRollUp && { isRollUp }), ...(needs && { needs }) };
}

/** Today's, by its id alone: what is stored under a name that it once had is of another control, which a rename would have moved. */
function findToday(id: string): AnyControl | null {
  const control = findControl(id);
  return control?.id === id ? control : null;
}

export function toCatalogueAt(entries: readonly CatalogueEntry[]): CatalogueAt {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const made = new Map<string, AnyControl | null>();
  const make = (id: string, share?: CelShare): AnyControl | null => {
    const entry = byId.get(id);
    if (!entry) return findControl(id);
    // Of people's own, whatever a later release calls by its id.
    return asThen(entry.own ? toOwnControl(entry.own, clock, share) : (findToday(id) ?? toRetiredControl(entry)), entry);
  };
  const find = (asked: string): AnyControl | null => {
    const id = byId.has(asked) ? asked : (findControl(asked)?.id ?? asked);
    if (!made.has(id)) made.set(id, make(id));
    return made.get(id) ?? null;
  };
  const scored = entries.filter((entry) => entry.disabled === undefined);
  const present = (ids: readonly string[]): readonly AnyControl[] => ids.flatMap((id) => find(id) ?? []);
  const listOf = (some: readonly CatalogueEntry[]): readonly AnyControl[] => (entries.length === 0 ? listControls() : present(some.map(({ id }) => id)));
  const list = (): readonly AnyControl[] => listOf(scored);
  let inForce: ReadonlySet<string> | null = null;
  return {
    scored: entries.length === 0 ? null : scored,
    entries: byId,
    find,
    list,
    forTrial: (control) => (byId.get(control.id)?.own ? (make(control.id, TRIAL_SHARE) ?? control) : control),
    listKnown: () => listOf(entries),
    isInForce: (id) => {
      inForce ??= new Set(list().map((control) => control.id));
      return inForce.has(find(id)?.id ?? id);
    },
    listAll: () => present([...new Set([...listControls().map(({ id }) => id), ...byId.keys()])]),
  };
}

const caches = heldBy<Pool, LruCache<CatalogueAt>>("catalogue", () => new LruCache(40, () => 1));

export function loadCatalogueAt(pool: Pool, version: string): Promise<CatalogueAt> {
  return caches(pool).get(version, async () => toCatalogueAt(parseCatalogueEntries(await findCatalogue(pool, version))));
}

/** More than any snapshot's number. */
const ANY_SEQ = 2_147_483_647;

/**
 * A control that a link may still name: of the moment; as it was before it was taken away; or one that came later. What the next scan will judge
 * is told now alone: of a day it may only be what nothing else tells.
 */
export async function findAnyControl(reader: Reader, id: string): Promise<AnyControl | null> {
  const { pool, cluster, at, isNow } = reader;
  const stored = async (untilSeq: number) => toCatalogueAt(parseCatalogueEntries([await findLastEntry(pool, cluster.id, id, untilSeq)])).find(id);
  const next = () => toCatalogueAt(toSettingsEntries(parseSettings(cluster.settings))).find(id);
  const found = (await loadReaderCatalogue(reader)).find(id) ?? (isNow ? next() : null);
  return found ?? (at && (await stored(at.seq))) ?? next() ?? (await stored(ANY_SEQ));
}

/** As of the reader's snapshot; before the first one, as the next scan would judge. */
export async function loadReaderCatalogue({ pool, cluster, at }: Reader): Promise<CatalogueAt> {
  return at ? loadCatalogueAt(pool, at.catalogueVersion) : toCatalogueAt(toSettingsEntries(parseSettings(cluster.settings)));
}
