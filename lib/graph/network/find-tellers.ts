import { addToList } from "../../model/add-to-list";
import type { Direction } from "./endpoint";
import type { Kin } from "./kin";
import { Party, type RowDefaults } from "./party";
import type { ReachClass } from "./reach-classes";
import type { Rest } from "./rest";
import type { Verdicts } from "./side-verdicts";
import type { VerdictRow } from "./verdict-row";

/** Rows that say the same of all that they do not name, and those whose they are. */
interface TellerGroup extends RowDefaults {
  readonly party: Party;
}

/** One row, and those whose it is. */
export interface Teller {
  readonly row: VerdictRow;
  readonly samples: readonly ReachClass[];
  readonly party: Party;
  readonly group: TellerGroup;
}

/** What a class says of another; null = of no two of these does it count. */
export type AskPair = (ones: readonly ReachClass[], direction: Direction, others: readonly ReachClass[]) => Verdicts | null;

/** Two of different namespaces, where there are. */
function chooseSamples(kins: readonly Kin[]): readonly ReachClass[] {
  const all = kins.flatMap(({ samples }) => samples);
  const other = all.find(({ namespace }) => namespace !== all[0]?.namespace);
  return [...all.slice(0, 1), ...(other ? [other] : [])];
}

/** Kins by the number that rows sort them by, and those of one number by namespace. */
function sortKins(kins: readonly Kin[], sorts: Int32Array): ReadonlyMap<number, ReadonlyMap<string, readonly Kin[]>> {
  const found = new Map<number, Map<string, Kin[]>>();
  for (const kin of kins) {
    const sort = sorts[kin.at] ?? 0;
    const byNamespace = found.get(sort) ?? new Map<string, Kin[]>();
    found.set(sort, byNamespace);
    for (const { namespace } of kin.samples) addToList(byNamespace, namespace, kin);
  }
  return found;
}

/** What a row says of each sort, by one of it that it does not name. */
async function askDefaults(
  row: VerdictRow,
  sorted: ReturnType<typeof sortKins>,
  ask: (others: readonly ReachClass[]) => Verdicts | null,
  rest: Rest,
): Promise<RowDefaults["bySort"]> {
  const bySort = new Map<number, Verdicts>();
  for (const [sort, byNamespace] of sorted) {
    for (const others of byNamespace.values()) {
      const seen = others.find(({ at }) => !row.isNamed(at));
      const verdicts = seen && ask(seen.samples);
      if (!verdicts) continue;
      bySort.set(sort, verdicts);
      break;
    }
    const long = rest();
    if (long) await long;
  }
  return bySort;
}

/** All rows of one direction. */
export async function findTellers(kins: readonly Kin[], direction: Direction, ask: AskPair, rest: Rest): Promise<ReadonlyMap<VerdictRow, Teller>> {
  const bySorts = new Map<Int32Array, { readonly sorted: ReturnType<typeof sortKins>; readonly groups: Map<string, TellerGroup> }>();
  const tellers = new Map<VerdictRow, Teller>();
  for (const [row, own] of Map.groupBy(kins, ({ rows }) => rows[direction])) {
    const { sorts } = row;
    const { sorted, groups } = bySorts.get(sorts) ?? { sorted: sortKins(kins, sorts), groups: new Map<string, TellerGroup>() };
    bySorts.set(sorts, { sorted, groups });
    const samples = chooseSamples(own);
    const bySort = await askDefaults(row, sorted, (others) => ask(samples, direction, others), rest);
    const key = Array.from(bySort, ([sort, { id }]) => `${sort}:${id}`).join();
    const group = groups.get(key) ?? { sorts, bySort, party: new Party() };
    groups.set(key, group);
    const party = new Party();
    for (const kin of own) for (const { kins: all } of [party, group.party]) all.push(kin);
    tellers.set(row, { row, samples, party, group });
  }
  return tellers;
}
