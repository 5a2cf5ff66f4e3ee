import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Pool } from "pg";
import { ALL_OPT_IN_READERS } from "@/lib/collectors/all-opt-in-readers";
import { toClusterCatalogue } from "@/lib/controls/cluster-catalogue";
import { judge } from "@/lib/engine/judge";
import type { Distribution } from "@/lib/inventory/cloud/cloud-provider";
import type { Inventory, Settings } from "@/lib/inventory/inventory";
import { createScopeOf, isPlatformNamespace, PLATFORM_RULES } from "@/lib/inventory/platform-scope";
import { type ObjectSliceName, SLICE_KINDS, type Slice } from "@/lib/inventory/slices";
import type { JsonRecord } from "@/lib/model/json";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { Scope } from "@/lib/model/verdict";
import { type CatalogueEntry, parseCatalogueEntries } from "@/lib/scoring/catalogue-entries";
import { findCatalogue } from "@/lib/store/catalogues";
import type { SettingsChange } from "@/lib/store/commit/commit-input";
import { toFingerprint } from "@/lib/store/digests";
import { findScopeSettings } from "@/lib/store/scope-settings";
import type { SnapshotRecord } from "@/lib/store/snapshots";
import { distributionAt } from "./distribution-at";
import { parseSettings } from "./parse-settings";
import { platformRulesAt } from "./platform-rules-at";
import { toScopeSettings } from "./to-scope-hash";

/** The settings that a snapshot was judged by, with what its catalogue kept of them. Weights are with the entries: they change no verdict. */
interface SettingsBefore {
  readonly settings: Settings;
  /** What the cluster was recognised as. */
  readonly distribution: Distribution | null;
  readonly entries: readonly CatalogueEntry[];
}

const TURN_VERDICTS = 2_000;

export async function loadSettingsBefore(pool: Pool, clusterId: number, { scopeHash, catalogueVersion, facts }: SnapshotRecord): Promise<SettingsBefore> {
  const entries = parseCatalogueEntries(await findCatalogue(pool, catalogueVersion));
  const disabled = entries.flatMap(({ id, disabled: reason }) => (reason === undefined ? [] : [[id, reason] as const]));
  const settings = {
    ...parseSettings(await findScopeSettings(pool, clusterId, scopeHash)),
    platformRules: platformRulesAt(facts),
    disabledControls: Object.fromEntries(disabled),
    ownControls: entries.flatMap(({ own }) => own ?? []),
  };
  return { settings, distribution: distributionAt(facts), entries };
}

/** What a control asks of a cluster, by id; of built-in ones only that they are known. One that is off asks what it will when people switch it on. */
function toQuestions(entries: readonly CatalogueEntry[]): ReadonlyMap<string, string> {
  return new Map(entries.map(({ id, own }) => [id, JSON.stringify([own?.subject, own?.expression])]));
}

/** What the cluster's people decide of verdicts: two of one text judge alike, whichever release they are of. */
function toRules(settings: Settings, entries: readonly CatalogueEntry[]): string {
  const tuned = entries.flatMap(({ id, disabled, own }) => (disabled !== undefined ? [`${id} off`] : own ? [`${id} ${own.subject} ${own.expression}`] : []));
  return JSON.stringify([tuned.sort(), toScopeSettings(settings)]);
}

type Entries = ReadonlyMap<string, CatalogueEntry>;
type Placed = { readonly ref: ResourceRef; readonly scope: Scope; readonly body?: JsonRecord };

/** What was read, as a scan with other settings would have it: without the sources that it did not ask for, and of the platform what was so then. */
function asWith({ settings, distribution }: Omit<SettingsBefore, "entries">, { slices, ...inventory }: Inventory): Inventory {
  const off = ALL_OPT_IN_READERS.filter(({ source }) => !settings.optInSources.includes(source));
  const scopeOf = createScopeOf(settings, distribution);
  const place = (item: Placed): Placed => {
    const scope = scopeOf(item.ref, item.body ?? {});
    if (scope === item.scope) return item;
    // A workload makes some of its fields when they are asked for: a spread would make them all.
    return Object.defineProperties({} as Placed, { ...Object.getOwnPropertyDescriptors(item), scope: { value: scope, enumerable: true } });
  };
  const toSlice = (name: string, slice: Slice<Placed>): Slice<Placed> => {
    const kinds: readonly string[] = name in SLICE_KINDS ? SLICE_KINDS[name as ObjectSliceName] : []; // safe: it is one of its keys
    const reader = off.find(({ kind }) => kinds.includes(kind.kind));
    if (reader) return { state: "missing", reason: reader.off };
    return slice.state === "read" ? { ...slice, items: slice.items.map(place) } : { ...slice, ...(slice.partial && { partial: slice.partial.map(place) }) };
  };
  const placed = Object.entries(slices).map(([name, slice]) => [name, toSlice(name, slice)] as const);
  return { ...inventory, settings, distribution, slices: Object.fromEntries(placed) as unknown as Inventory["slices"] }; // safe: the same names, each with items of its kind
}

/** A release of then counted namespaces of this cluster to its people that are of the platform now, or its provider, whose rights are, was another or unknown. */
function hasReleaseMoved(inventory: Inventory, before: SettingsBefore): boolean {
  const { settings } = inventory;
  if (before.distribution !== (inventory.distribution ?? null)) return true;
  if ((before.settings.platformRules ?? PLATFORM_RULES) === (settings.platformRules ?? PLATFORM_RULES)) return false;
  const { namespaces } = inventory.slices;
  const hasMoved = ({ ref: { name } }: Placed): boolean => isPlatformNamespace(name, before.settings) !== isPlatformNamespace(name, settings);
  return namespaces.state !== "read" || namespaces.items.some(hasMoved);
}

/** What people did to the severity of each control, by id: the weight that they gave it, or the severity of one that is their own. */
function toFindRegrading(before: readonly CatalogueEntry[], now: readonly CatalogueEntry[]): SettingsChange["findRegrading"] {
  const toEntries = (entries: readonly CatalogueEntry[]): Entries => new Map(entries.map((entry) => [entry.id, entry]));
  const [entriesThen, entriesNow] = [toEntries(before), toEntries(now)];
  const weightOf = (entry: CatalogueEntry | undefined): string | null => (entry?.reweighted ? entry.severity : null);
  return (id) => {
    const [then, today] = [entriesThen.get(id), entriesNow.get(id)];
    if (weightOf(then) !== weightOf(today)) return "reweighted";
    return then?.own && today?.own && then.own.severity !== today.own.severity ? "regraded" : null;
  };
}

/** What fails now by the settings of then, by fingerprint. */
async function judgeAsThen(inventory: Inventory, before: SettingsBefore, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const fails = new Set<string>();
  let verdicts = 0;
  const { controls } = toClusterCatalogue(before.settings, () => performance.now());
  for (const { state, control, resource, locator } of judge(asWith(before, inventory), controls)) {
    if (state === "fail") fails.add(toFingerprint(control, resourceKey(resource), locator));
    verdicts += 1;
    if (verdicts % TURN_VERDICTS !== 0) continue;
    await nextTurn();
    signal?.throwIfAborted();
  }
  return fails;
}

/** What fails by other rules, kept for one scan. */
export type JudgedAgain = Map<string, Promise<ReadonlySet<string>>>;

/**
 * What the settings alone changed between an earlier snapshot and this scan: what was read now is judged once more, by the settings of then. Null where
 * people decide the same, whatever a release changed, so that only a scan after a change of settings takes that time, once for each set of them, or after a
 * release that counts more of its namespaces to the platform, or where its provider is recognised anew. Throws the abort reason.
 */
export async function findSettingsChange(
  inventory: Inventory,
  before: SettingsBefore,
  entries: readonly CatalogueEntry[],
  judged: JudgedAgain,
  signal?: AbortSignal,
): Promise<SettingsChange | null> {
  const [asked, asks] = [toQuestions(before.entries), toQuestions(entries)];
  const findRegrading = toFindRegrading(before.entries, entries);
  const rules = toRules(before.settings, before.entries);
  const isSame = rules === toRules(inventory.settings, entries);
  const isByRelease = isSame && hasReleaseMoved(inventory, before);
  const isControlChanged = (id: string): boolean => isByRelease || asked.get(id) !== asks.get(id);
  if (isSame && !isByRelease)
    return entries.some(({ id }) => findRegrading(id) !== null) ? { failsByOld: null, isByRelease, isControlChanged, findRegrading } : null;
  const key = `${before.settings.platformRules} ${before.distribution} ${rules}`;
  const failsByOld = judged.get(key) ?? judgeAsThen(inventory, before, signal);
  judged.set(key, failsByOld);
  return { failsByOld: await failsByOld, isByRelease, isControlChanged, findRegrading };
}
