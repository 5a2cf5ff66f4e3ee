import "server-only";

export type FileFormat = "csv" | "json";

/** First in a CSV file, it makes spreadsheets read UTF-8. */
export const CSV_MARK = "\uFEFF";

/** The address that the reader used; the one that Next gives names another host. */
export function readerOrigin(request: Request): string {
  const url = new URL(request.url);
  return `${url.protocol}//${request.headers.get("host") ?? url.host}`;
}

/** Headers of an answer that is kept as a file; `name` has no ending. */
export function fileHeaders(name: string, format: FileFormat, requestId: string): Record<string, string> {
  return {
    "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/json",
    "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "-")}.${format}"`,
    "cache-control": "no-store",
    "x-request-id": requestId,
  };
}
