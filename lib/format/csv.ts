/**
 * What a spreadsheet runs where a cell begins, full-width letters included, which it takes for the same: after a semicolon as well, or a tab, at which cells
 * end where a comma stands in numbers, quotes or not.
 */
const RISKY = /(?<=^|[;\t])(?=[=+\-@\t\r\n＝＋－＠])/g;

/**
 * One line of CSV (RFC 4180, CRLF). What a spreadsheet would run as a formula gets an apostrophe in front:
 * names and values come from a cluster, and anybody may have written them.
 */
export function toCsvLine(cells: readonly (string | number | boolean | null)[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

function toCell(cell: string | number | boolean | null): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = cell.replace(RISKY, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
