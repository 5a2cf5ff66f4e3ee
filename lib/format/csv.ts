/** Also as they are written on full-width keyboards, which spreadsheets take for the same. */
const RISKY = /^[=+\-@\t\r\n＝＋－＠]/;

/**
 * One line of CSV (RFC 4180, CRLF). Text that a spreadsheet would run as a formula gets an apostrophe in front:
 * names and values come from a cluster, and anybody may have written them.
 */
export function toCsvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(cell: string | number | boolean | null): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = RISKY.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
