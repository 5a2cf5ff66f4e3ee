import "server-only";
import type { NetworkRow, NetworkRows, NetworkWhy } from "@/lib/contracts/network";
import type { Why } from "@/lib/graph/network/explain-side";
import type { ReachEnd, ReachRow } from "@/lib/graph/network/reach-rows";

const ROWS = 60;
const ENDS = 12;
/** A page shows so many of these at once and unfolds the others. */
const FEW = 7;
const MEMBERS = 50;
const OBJECTS = 20;
/** How many a page has to unfold in all its rows: each is a link, whether it is seen or not. */
const ROOM = 1_000;

/** The first few of a list always, and as many more as there is room for in what was cut so far. */
type Cut = <T>(all: readonly T[], most: number) => T[];

function startCut(): Cut {
  let room = ROOM;
  return (all, most) => {
    const kept = all.slice(0, Math.min(most, FEW + room));
    room -= Math.max(0, kept.length - FEW);
    return kept;
  };
}

function toEnds(ends: readonly ReachEnd[], cut: Cut): NetworkRow["from"] {
  return ends.slice(0, ENDS).map(({ namespace, members }) => ({ namespace, count: members.length, members: cut(members, MEMBERS) }));
}

function toWhy({ direction, kind, objects, path, message }: Why, cut: Cut): NetworkWhy {
  return { direction, kind, objects: cut(objects, OBJECTS), objectCount: objects.length, path, message };
}

function toRow({ state, from, to, lines }: ReachRow, cut: Cut): NetworkRow {
  return {
    state,
    from: toEnds(from, cut),
    fromCount: from.length,
    to: toEnds(to, cut),
    toCount: to.length,
    lines: lines.map(({ verdict, spans, because }) => ({ verdict, spans: [...spans], because: because.map((why) => toWhy(why, cut)) })),
  };
}

/** Rows for one page. `other` = the end that closed rows are counted by; null = closed rows are listed too. */
export function toNetworkRows(rows: readonly ReachRow[], other: "from" | "to" | null): NetworkRows {
  const shown = other === null ? rows : rows.filter(({ state }) => state !== "closed");
  const ends = other === null ? [] : rows.filter(({ state }) => state === "closed").flatMap((row) => row[other]);
  const inside = ends.filter(({ namespace }) => namespace !== null);
  const cut = startCut();
  return {
    rows: shown.slice(0, ROWS).map((row) => toRow(row, cut)),
    rowCount: shown.length,
    closed: {
      namespaces: new Set(inside.map(({ namespace }) => namespace)).size,
      workloads: new Set(inside.flatMap(({ namespace, members }) => members.map(({ kind, name }) => `${namespace}/${kind}/${name}`))).size,
      outside: ends.length > inside.length,
    },
  };
}
