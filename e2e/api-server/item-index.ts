import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { once } from "node:events";
import { basename, dirname, join } from "node:path";

/** Where each item of a list lies in a file; neighbours are separated by a comma and a line end. */
export interface ItemIndex {
  readonly file: string;
  readonly starts: readonly number[];
  /** Exclusive. */
  readonly ends: readonly number[];
}

const LINE_END = 10;
const COMMA = 44;
const BRACE = 123;

/** Calls back for every line of a file of any size; `offset` is where the line starts. */
async function forEachLine(file: string, visit: (line: Buffer, offset: number) => Promise<void> | void): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 22 })) {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = data.indexOf(LINE_END); end >= 0; end = data.indexOf(LINE_END, from)) {
      await visit(data.subarray(from, end), offset + from);
      from = end + 1;
    }
    offset += from;
    rest = data.subarray(from);
  }
  if (rest.length > 0) await visit(rest, offset);
}

/** A `List` document with one item per line is served from where it lies. */
export async function indexListFile(file: string): Promise<ItemIndex> {
  const starts: number[] = [];
  const ends: number[] = [];
  let line = 0;
  await forEachLine(file, (text, offset) => {
    line += 1;
    if (line === 1 || text[0] !== BRACE) return;
    const comma = text[text.length - 1] === COMMA ? 1 : 0;
    starts.push(offset);
    ends.push(offset + text.length - comma);
  });
  return { file, starts, ends };
}

/** JSON Lines are rewritten once, beside the file, as the items of a list: without apiVersion and kind. */
export async function indexLinesFile(file: string): Promise<ItemIndex> {
  const target = join(dirname(file), ".pages", `${basename(file, ".jsonl")}.json`);
  if (!existsSync(target) || statSync(target).mtimeMs < statSync(file).mtimeMs) await rewrite(file, target);
  return indexListFile(target);
}

async function rewrite(file: string, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const output = createWriteStream(`${target}.part`, { highWaterMark: 1 << 22 });
  output.write('{"items":[');
  let count = 0;
  await forEachLine(file, async (line) => {
    if (line.length === 0) return;
    const piece = Buffer.concat([Buffer.from(count === 0 ? "\n" : ",\n"), withoutType(line)]);
    count += 1;
    if (!output.write(piece)) await once(output, "drain");
  });
  output.end("\n]}\n");
  await once(output, "finish");
  renameSync(`${target}.part`, target);
}

const TYPE = /^\{"apiVersion":"[^"]*","kind":"[^"]*",/;

function withoutType(line: Buffer): Buffer {
  const head = TYPE.exec(line.subarray(0, 200).toString("latin1"));
  if (head === null) return line;
  return Buffer.concat([Buffer.from("{"), line.subarray(head[0].length)]);
}
