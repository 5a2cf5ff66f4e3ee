import "server-only";
import type { NetworkRow, NetworkRows, NetworkWhy } from "@/lib/contracts/network";
import type { Why } from "@/lib/graph/network/explain-side";
import type { ReachEnd, ReachRow } from "@/lib/graph/network/reach-rows";

const ROWS = 60;
const ENDS = 12;
/** A page shows a few of these at once and unfolds the others. */
const MEMBERS = 50;
const OBJECTS = 20;

function toEnds(ends: readonly ReachEnd[]): NetworkRow["from"] {
  return ends.slice(0, ENDS).map(({ namespace, members }) => ({ namespace, count: members.length, members: members.slice(0, MEMBERS) }));
}

function toWhy({ direction, kind, objects, path, message }: Why): NetworkWhy {
  return { direction, kind, objects: objects.slice(0, OBJECTS), objectCount: objects.length, path, message };
}

function toRow({ state, from, to, lines }: ReachRow): NetworkRow {
  return {
    state,
    from: toEnds(from),
    fromCount: from.length,
    to: toEnds(to),
    toCount: to.length,
    lines: lines.map(({ verdict, spans, because }) => ({ verdict, spans: [...spans], because: because.map(toWhy) })),
  };
}

/** Rows for one page. `other` = the end that closed rows are counted by; null = closed rows are listed too. */
export function toNetworkRows(rows: readonly ReachRow[], other: "from" | "to" | null): NetworkRows {
  const shown = other === null ? rows : rows.filter(({ state }) => state !== "closed");
  const ends = other === null ? [] : rows.filter(({ state }) => state === "closed").flatMap((row) => row[other]);
  const inside = ends.filter(({ namespace }) => namespace !== null);
  return {
    rows: shown.slice(0, ROWS).map(toRow),
    rowCount: shown.length,
    closed: {
      namespaces: new Set(inside.map(({ namespace }) => namespace)).size,
      workloads: new Set(inside.flatMap(({ namespace, members }) => members.map(({ kind, name }) => `${namespace}/${kind}/${name}`))).size,
      outside: ends.length > inside.length,
    },
  };
}
