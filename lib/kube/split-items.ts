import "server-only";

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COMMA = 44;

/** Where the items of a list lie in its JSON. */
export interface ListLayout {
  /** Four numbers per item: its start, the start and end of the value of its `metadata.managedFields` (both its end when it has none), its end. */
  readonly places: readonly number[];
  /** The list without its items, as JSON. */
  readonly envelope: string;
}

/** The index of the quote that ends the string which starts at `open`; throws SyntaxError when there is none. */
function endOfString(body: Buffer, open: number): number {
  // Byte by byte: strings are short, and a call for each costs more.
  for (let at = open + 1; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) at += 1; // and what it escapes
  }
  throw new SyntaxError("a string does not end");
}

function findItems(body: Buffer): number {
  let depth = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) {
      const end = endOfString(body, at);
      if (depth === 1 && end - at === 6 && body.toString("latin1", at, end + 1) === '"items"') {
        let next = end + 1;
        while (next < body.length && (body[next] === 58 || (body[next] ?? 0) <= 32)) next += 1;
        if (body[next] === OPEN_BRACKET) return next + 1;
      }
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
  }
  return -1;
}

const MANAGED_FIELDS = Buffer.from('"managedFields":[');
/** Depth, counted from the list, at which the fields of `metadata` stand. */
const METADATA_DEPTH = 2;

function isManagedFields(body: Buffer, at: number, end: number): boolean {
  return end - at === 14 && body.compare(MANAGED_FIELDS, 0, MANAGED_FIELDS.length, at, at + MANAGED_FIELDS.length) === 0;
}

/**
 * Finds the items of a list without parsing them: parsed one by one they die young, and a page never stands in memory as a whole.
 * Throws SyntaxError when the brackets do not match; what is inside an item is checked when it is parsed.
 */
export function splitItems(body: Buffer): ListLayout {
  const start = findItems(body);
  if (start < 0) return { places: [], envelope: body.toString("utf8") };
  const places: number[] = [];
  let depth = 0;
  let item = 0;
  let cutStart = 0;
  let cutEnd = 0;
  for (let at = start; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === QUOTE) {
      const end = endOfString(body, at);
      if (depth === METADATA_DEPTH && cutStart === 0 && isManagedFields(body, at, end)) cutStart = end + 2;
      at = end;
    } else if (byte < OPEN_BRACKET) {
      // Most bytes beside strings: no bracket stands below this one.
      if (depth === 0 && byte !== COMMA && byte > 32) throw new SyntaxError("an item is not an object");
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (depth === 0) item = at;
      depth += 1;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (depth === 0) return { places, envelope: body.toString("utf8", 0, start) + body.toString("utf8", at) };
      depth -= 1;
      if (depth === METADATA_DEPTH && cutStart !== 0 && cutEnd === 0) cutEnd = at + 1;
      if (depth > 0) continue;
      places.push(item, cutStart || at + 1, cutEnd || at + 1, at + 1);
      cutStart = 0;
      cutEnd = 0;
    } else if (depth === 0) throw new SyntaxError("an item is not an object");
  }
  throw new SyntaxError("the list does not end");
}
