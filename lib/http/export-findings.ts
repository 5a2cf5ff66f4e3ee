import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type FindingRow, type ListFindingsQuery, type ListFindingsResponse, listFindingsQuery } from "../contracts/findings";
import { toCsvLine } from "../format/csv";
import { listFindings } from "../reads/list-findings";
import { readQuery } from "./endpoint";
import { toErrorResponse } from "./error-response";
import { CSV_MARK, fileHeaders, readerOrigin } from "./file-answer";
import { requireRole } from "./require-role";

const exportQuery = listFindingsQuery.omit({ cursor: true, limit: true }).extend({ format: z.enum(["csv", "json"]) });
const PAGE = 500;

const HEAD = [
  "id",
  "state",
  "severity",
  "layer",
  "control",
  "what should hold",
  "what was read",
  "kind",
  "namespace",
  "object",
  "points",
  "open since (UTC)",
  "closed (UTC)",
  "days",
  "not assessed again because",
  "cluster",
  "snapshot",
  "taken at (UTC)",
  "link",
];

/** A finding as a row of a file: it must be understood without the page that it came from, and lead to the moment of the file. */
interface FileRow extends FindingRow {
  readonly cluster: string;
  readonly snapshot: number | null;
  readonly takenAt: string | null;
  readonly link: string;
}

function toLine(row: FileRow): string {
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
  const own = [...cells, points, row.openedAt, row.closedAt, Math.floor(row.ageDays), stale];
  return toCsvLine([...own, row.cluster, row.snapshot, row.takenAt, row.link]);
}

/** The list page by page, all from the snapshot of the first page. */
async function* pages(cluster: string, query: ListFindingsQuery, first: ListFindingsResponse): AsyncGenerator<readonly FindingRow[]> {
  const at = first.moment.at?.seq;
  for (let page = first; ; ) {
    yield page.rows;
    if (page.nextCursor === null) return;
    page = await listFindings(cluster, { ...query, at, cursor: page.nextCursor });
  }
}

async function* toText(format: "csv" | "json", rows: AsyncIterable<readonly FindingRow[]>, toFileRow: (row: FindingRow) => FileRow): AsyncGenerator<string> {
  if (format === "csv") yield `${CSV_MARK}${toCsvLine(HEAD)}`;
  let separator = "[\n";
  for await (const page of rows) {
    const lines = page.map(toFileRow);
    if (format === "csv") yield lines.map(toLine).join("");
    else
      for (const line of lines) {
        yield `${separator}${JSON.stringify(line)}`;
        separator = ",\n";
      }
  }
  if (format === "json") yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** Exactly the list that the address filters, as a file: `?format=csv` or `json`. The first page is read before anything is sent. */
export async function exportFindings(request: Request, context: { readonly params: Promise<{ readonly cluster: string }> }): Promise<Response> {
  const requestId = randomUUID();
  try {
    await requireRole("viewer", request);
    const { cluster } = await context.params;
    const url = new URL(request.url);
    const { format, ...query } = exportQuery.parse(readQuery(url));
    const whole = { ...query, limit: PAGE };
    const first = await listFindings(cluster, whole);
    const { at } = first.moment;
    const origin = readerOrigin(request);
    const moment = at ? `?at=${at.seq}` : "";
    const toFileRow = (row: FindingRow): FileRow => ({
      ...row,
      cluster,
      snapshot: at?.seq ?? null,
      takenAt: at?.takenAt ?? null,
      link: `${origin}/f/${row.id}${moment}`,
    });
    const text = toText(format, pages(cluster, whole, first), toFileRow);
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        const next = await text.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      cancel: async () => void (await text.return(undefined)),
    });
    return new Response(body, { headers: fileHeaders(`findings-${cluster}${at ? `-snapshot-${at.seq}` : ""}`, format, requestId) });
  } catch (error) {
    return toErrorResponse(error, requestId);
  }
}
