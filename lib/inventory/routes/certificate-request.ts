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
const UTC_TIME = 0x17;
/** Left out of certificates of the first version. */
const VERSION = 0xa0;
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

/** The bytes inside base64 of PEM; null when there are none. */
function readPem(encoded: string, label: RegExp): Uint8Array | null {
  try {
    const [, body] = new RegExp(`-----BEGIN ${label.source}-----([\\s\\S]+?)-----END`).exec(atob(encoded.replace(/\s+/g, ""))) ?? [];
    return body === undefined ? null : toBytes(body);
  } catch {
    return null;
  }
}

/** A time of a certificate in milliseconds: `YYMMDDhhmmssZ`, where years from 50 on are of the last century, or with four digits of the year. */
function readTime(bytes: Uint8Array, { tag, start, end }: Node): number {
  const written = new TextDecoder().decode(bytes.slice(start, end));
  const full = tag === UTC_TIME ? `${Number(written.slice(0, 2)) < 50 ? "20" : "19"}${written}` : written;
  return Date.parse(full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** Reads `status.certificate` of a CertificateSigningRequest: for how many seconds it is good; null when that cannot be told. */
export function parseCertificateLife(certificate: string): number | null {
  const bytes = readPem(certificate, /CERTIFICATE/);
  const whole = bytes ? readNode(bytes, 0, bytes.length) : null;
  const info = bytes && whole?.tag === SEQUENCE ? childrenOf(bytes, whole)[0] : undefined;
  if (!bytes || !info) return null;
  const fields = childrenOf(bytes, info).filter(({ tag }) => tag !== VERSION);
  const times = fields[3] ? childrenOf(bytes, fields[3]).map((time) => readTime(bytes, time)) : [];
  const seconds = ((times[1] ?? Number.NaN) - (times[0] ?? Number.NaN)) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}

/** Reads `spec.request` of a CertificateSigningRequest: base64 of a PEM-encoded PKCS#10 request. Null when it is none. */
export function parseCertificateRequest(request: string): RequestSubject | null {
  const bytes = readPem(request, /(?:NEW )?CERTIFICATE REQUEST/);
  if (!bytes) return null;
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
