import "server-only";

export type FileFormat = "csv" | "json";

/** First in a CSV file, it makes spreadsheets read UTF-8. */
export const CSV_MARK = "\uFEFF";

/** The address that the reader used; the one that Next gives names another host. */
export function readerOrigin(request: Request): string {
  const url = new URL(request.url);
  return `${url.protocol}//${request.headers.get("host") ?? url.host}`;
}

interface FileAnswer {
  /** Without an ending. */
  readonly name: string;
  readonly format: FileFormat;
  readonly requestId: string;
}

/** An answer that is kept as a file. */
export function fileAnswer(body: BodyInit, { name, format, requestId }: FileAnswer): Response {
  const headers = {
    "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/json",
    "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "-")}.${format}"`,
    "cache-control": "no-store",
    "x-request-id": requestId,
  };
  return new Response(body, { headers });
}
