/** One value in DER, by what it is and where its content lies. */
export interface DerNode {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Whose content is other values in a row. */
export const SEQUENCE = 0x30;

/** One DER value at `at`; null when it does not fit. */
export function readNode(bytes: Uint8Array, at: number, limit: number): DerNode | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined) return null;
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) return null;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0);
    start += count;
  }
  return start + length <= limit ? { tag, start, end: start + length } : null;
}

export function childrenOf(bytes: Uint8Array, node: DerNode): DerNode[] {
  const found: DerNode[] = [];
  let at = node.start;
  while (at < node.end) {
    const child = readNode(bytes, at, node.end);
    if (!child) break;
    found.push(child);
    at = child.end;
  }
  return found;
}

/** What is signed of a certificate, or of a request for one: its first part. */
export function signedPartOf(bytes: Uint8Array): DerNode | undefined {
  const whole = readNode(bytes, 0, bytes.length);
  return whole?.tag === SEQUENCE ? childrenOf(bytes, whole)[0] : undefined;
}

/** The number of an extension or a kind of name, as it is written: its bytes. */
export function readNumber(bytes: Uint8Array, { start, end }: DerNode): string {
  return bytes.slice(start, end).join(",");
}

/** What base64 stands for; null when it is none. */
export function fromBase64(encoded: string): string | null {
  try {
    return atob(encoded.replace(/\s+/g, ""));
  } catch {
    return null;
  }
}

/**
 * The blocks of a text in PEM that are called so, without those that do not decode. As in Go, they begin and end with a line of their own. A body holds no dash:
 * so a text of nothing but beginnings is read once, too.
 */
export function readPem(text: string, label: string): Uint8Array[] {
  const blocks = text.matchAll(new RegExp(`^-----BEGIN (${label})-----[ \\t\\r]*\\n([^-]*)^-----END \\1-----[ \\t\\r]*$`, "gm"));
  return [...blocks].flatMap(([, , body = ""]) => {
    const decoded = fromBase64(body);
    return decoded === null ? [] : Uint8Array.from(decoded, (char) => char.charCodeAt(0));
  });
}
