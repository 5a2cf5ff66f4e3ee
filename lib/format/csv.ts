/**
 * What a spreadsheet runs where a cell begins, full-width letters included, which it takes for the same. Cells end at semicolons or tabs where a comma stands
 * in numbers; quotes that open behind a comma are then none, so that the text's lines end a cell as well, and its own quotes may open one.
 */
const RISKY = /(?=[=+\-@＝＋－＠])(?<=^|[;\t\r\n]"*)|(?=[\t\r\n])(?<=^|[;\t])/g;

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
