import "server-only";
import type { ExportFindingsResponse } from "../contracts/findings";
import { toCsvLine } from "../format/csv";
import { type FileRow, openFindingsFile } from "../reads/list-findings";
import { answering, toAnswer } from "./endpoint";
import { ENDPOINTS } from "./endpoints";
import { CSV_MARK, type FileFormat, fileAnswer, readerOrigin } from "./file-answer";
import { readRemembered } from "./read-remembered";

const PAGE = 500;

const HEAD = [
  "id",
  "state",
  "severity",
  "layer",
  "control",
  "control title",
  "what was read",
  "kind",
  "namespace",
  "object",
  "points",
  "open since (UTC)",
  "closed (UTC)",
  "days",
  "not assessed again because",
  "assessed at the earlier moment",
  "cluster",
  "snapshot",
  "taken at (UTC)",
  "link",
];

type Line = ExportFindingsResponse[number];

function toCsv(row: Line): string {
  const { resource } = row;
  const cells = [
    row.id,
    row.isOpen ? row.state : "closed",
    row.severity,
    row.layer,
    row.control,
    row.title,
    row.read,
    resource.kind,
    resource.namespace,
    resource.name,
  ];
  const points = row.points === null ? null : Number(row.points.toFixed(4));
  const stale = row.isStale ? (row.staleReason ?? "It could not be assessed in this snapshot.") : null;
  const before = row.wasAssessed === null ? null : row.wasAssessed ? "yes" : "no";
  const own = [...cells, points, row.openedAt, row.closedAt, Math.floor(row.ageDays), stale, before];
  return toCsvLine([...own, row.cluster, row.snapshot, row.takenAt, row.link]);
}

/** Page by page: the next is read when it is asked for. */
async function* pages<T>(first: IteratorResult<T, unknown>, readNext: () => Promise<IteratorResult<T, unknown>>): AsyncGenerator<T> {
  for (let page = first; page.done !== true; page = await readNext()) yield page.value;
}

async function* toText(format: FileFormat, rows: AsyncIterable<readonly FileRow[]>, toFileLine: (row: FileRow) => Line): AsyncGenerator<string> {
  if (format === "csv") yield `${CSV_MARK}${toCsvLine(HEAD)}`;
  let separator = "[\n";
  for await (const page of rows) {
    const lines = toAnswer(ENDPOINTS.exportFindings.response, page.map(toFileLine));
    if (format === "csv") yield lines.map(toCsv).join("");
    else
      for (const line of lines) {
        yield `${separator}${JSON.stringify(line)}`;
        separator = ",\n";
      }
  }
  if (format === "json") yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** Exactly the list that the address filters, as a file: `?format=csv` or `json`. The first page is read before anything is sent. */
export const exportFindings = answering("exportFindings", async ({ params: { cluster }, query: { format, ...query }, requestId }, request) => {
  const file = await readRemembered({ cluster }, () => openFindingsFile(cluster, { ...query, limit: PAGE }));
  const readNext = () => readRemembered({ cluster }, () => file.pages.next());
  const first = await readNext();
  const { at } = file.moment;
  const origin = readerOrigin(request);
  const moment = at ? `?at=${at.seq}` : "";
  const toFileLine = (row: FileRow): Line => ({
    ...row,
    cluster,
    snapshot: at?.seq ?? null,
    takenAt: at?.takenAt ?? null,
    link: `${origin}/f/${row.id}${moment}`,
  });
  const text = toText(format, pages(first, readNext), toFileLine);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await text.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => void (await text.return(undefined)),
  });
  return fileAnswer(body, { name: `findings-${cluster}${at ? `-snapshot-${at.seq}` : ""}`, format, requestId });
});
