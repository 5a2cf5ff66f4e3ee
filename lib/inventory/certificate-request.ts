/** Names in the subject of a certificate request. */
export interface RequestSubject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

interface Node {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OID = 0x06;
const COMMON_NAME = "85,4,3";
const ORGANIZATION = "85,4,10";

/** One DER value at `at`; null when it does not fit. */
function readNode(bytes: Uint8Array, at: number, limit: number): Node | null {
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

function childrenOf(bytes: Uint8Array, node: Node): Node[] {
  const found: Node[] = [];
  let at = node.start;
  while (at < node.end) {
    const child = readNode(bytes, at, node.end);
    if (!child) break;
    found.push(child);
    at = child.end;
  }
  return found;
}

function toBytes(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.replace(/\s+/g, "")), (char) => char.charCodeAt(0));
}

/** Reads `spec.request` of a CertificateSigningRequest: base64 of a PEM-encoded PKCS#10 request. Null when it is none. */
export function parseCertificateRequest(request: string): RequestSubject | null {
  let bytes: Uint8Array;
  try {
    const pem = /-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([\s\S]+?)-----END/.exec(atob(request.replace(/\s+/g, "")));
    if (!pem) return null;
    bytes = toBytes(pem[1] ?? "");
  } catch {
    return null;
  }
  const whole = readNode(bytes, 0, bytes.length);
  const info = whole?.tag === SEQUENCE ? childrenOf(bytes, whole)[0] : undefined;
  const subject = info ? childrenOf(bytes, info)[1] : undefined;
  if (subject?.tag !== SEQUENCE) return null;
  const names: Record<string, string[]> = {};
  for (const set of childrenOf(bytes, subject)) {
    if (set.tag !== SET) continue;
    for (const pair of childrenOf(bytes, set)) {
      const [type, value] = childrenOf(bytes, pair);
      if (type?.tag !== OID || !value) continue;
      const key = bytes.slice(type.start, type.end).join(",");
      names[key] = [...(names[key] ?? []), new TextDecoder().decode(bytes.slice(value.start, value.end))];
    }
  }
  return { commonName: names[COMMON_NAME]?.[0] ?? "", organizations: names[ORGANIZATION] ?? [] };
}
