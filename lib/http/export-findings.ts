import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type FindingRow, type ListFindingsQuery, listFindingsQuery } from "../contracts/findings";
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
  "link",
];

function toLine(row: FindingRow, link: (id: string) => string): string {
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
  return toCsvLine([...cells, points, row.openedAt, row.closedAt, Math.floor(row.ageDays), stale, link(row.id)]);
}

/** The list page by page, all from the snapshot of the first page. */
async function* pages(cluster: string, query: ListFindingsQuery): AsyncGenerator<readonly FindingRow[]> {
  let cursor: string | undefined;
  let at = query.at;
  do {
    const page = await listFindings(cluster, { ...query, at, cursor, limit: PAGE });
    at ??= page.moment.at?.seq;
    yield page.rows;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function* toText(format: "csv" | "json", cluster: string, query: ListFindingsQuery, link: (id: string) => string): AsyncGenerator<string> {
  if (format === "csv") yield `${CSV_MARK}${toCsvLine(HEAD)}`;
  let separator = "[\n";
  for await (const rows of pages(cluster, query)) {
    if (format === "csv") yield rows.map((row) => toLine(row, link)).join("");
    else
      for (const row of rows) {
        yield `${separator}${JSON.stringify(row)}`;
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
    const origin = readerOrigin(request);
    const link = (id: string): string => `${origin}/f/${id}`;
    const text = toText(format, cluster, query, link);
    const first = await text.next();
    const second = first.done === true ? first : await text.next();
    const start = [first, second].flatMap((part) => (part.done === true ? [] : [part.value])).join("");
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encoder.encode(start)),
      pull: async (controller) => {
        const next = await text.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      cancel: async () => void (await text.return(undefined)),
    });
    return new Response(body, { headers: fileHeaders(`findings-${cluster}`, format, requestId) });
  } catch (error) {
    return toErrorResponse(error, requestId);
  }
}
