import { childrenOf, type DerNode, readNode, readNumber, SEQUENCE, signedPartOf } from "./der";

/** What a certificate says of itself. */
export interface Certificate {
  /** In milliseconds; NaN where it cannot be read. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether it may sign others. */
  readonly isSigner: boolean;
  /** Whether it may vouch for servers, by itself or by what it signs. */
  readonly isForServers: boolean;
  /** The domains of DNS that what it signs must be for, and may not be for: itself or whatever is below; null = any. */
  readonly permitted: readonly string[] | null;
  readonly excluded: readonly string[];
  /** The names in DNS that it is for. */
  readonly names: readonly string[];
  /** It is for addresses, too. */
  readonly hasAddresses: boolean;
}

const OCTETS = 0x04;
const UTC_TIME = 0x17;
/** Left out of certificates of the first version. */
const VERSION = 0xa0;
const THIRD = 2;
const EXTENSIONS = 0xa3;
const [DNS_NAME, ADDRESS] = [0x82, 0x87];
const [KEY_USAGE, ALTERNATIVE_NAMES, CONSTRAINTS, NAME_CONSTRAINTS, PURPOSES] = ["85,29,15", "85,29,17", "85,29,19", "85,29,30", "85,29,37"];
const [PERMITTED, EXCLUDED] = [0xa0, 0xa1];
/** To be a server, and anything. */
const FOR_SERVERS: ReadonlySet<string> = new Set(["43,6,1,5,5,7,3,1", "85,29,37,0"]);
const SIGNS_CERTIFICATES = 0x04;

/** A time in milliseconds: `YYMMDDhhmmssZ`, where years from 50 on are of the last century, or with four digits of the year. */
function readTime(bytes: Uint8Array, { tag, start, end }: DerNode): number {
  const written = new TextDecoder().decode(bytes.slice(start, end));
  const full = tag === UTC_TIME ? `${Number(written.slice(0, 2)) < 50 ? "20" : "19"}${written}` : written;
  return Date.parse(full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** What each extension holds, by its number. */
function readExtensions(bytes: Uint8Array, whole: DerNode | undefined): ReadonlyMap<string, DerNode> {
  const [all] = whole ? childrenOf(bytes, whole) : [];
  const found = all ? childrenOf(bytes, all) : [];
  return new Map(
    found.flatMap((extension) => {
      const [id, ...rest] = childrenOf(bytes, extension);
      const octets = rest.find(({ tag }) => tag === OCTETS);
      const value = octets && readNode(bytes, octets.start, octets.end);
      return id && value ? [[readNumber(bytes, id), value] as const] : [];
    }),
  );
}

/** A certificate as far as it says how long it lasts, and what it may vouch for; null when it is none. */
export function readCertificate(bytes: Uint8Array): Certificate | null {
  const info = signedPartOf(bytes);
  if (info?.tag !== SEQUENCE) return null;
  const parts = childrenOf(bytes, info);
  const version = parts[0]?.tag === VERSION ? bytes[parts[0].end - 1] : 0;
  const fields = parts.filter(({ tag }) => tag !== VERSION);
  const times = fields[3] ? childrenOf(bytes, fields[3]) : [];
  const [notBefore, notAfter] = times.map((time) => readTime(bytes, time));
  if (notBefore === undefined || notAfter === undefined) return null;
  const extensions = readExtensions(
    bytes,
    fields.find(({ tag }) => tag === EXTENSIONS),
  );
  const inside = (id: string): readonly DerNode[] => {
    const value = extensions.get(id);
    return value ? childrenOf(bytes, value) : [];
  };
  const usage = extensions.get(KEY_USAGE);
  const isAuthority = inside(CONSTRAINTS).some(({ tag, start }) => tag === 0x01 && bytes[start] !== 0);
  const mayBe = extensions.has(CONSTRAINTS) ? isAuthority : version !== THIRD;
  const names = inside(ALTERNATIVE_NAMES);
  const namesIn = (nodes: readonly DerNode[]): readonly string[] =>
    nodes.filter(({ tag }) => tag === DNS_NAME).map(({ start, end }) => new TextDecoder().decode(bytes.slice(start, end)).toLowerCase());
  const domainsIn = (part: number): readonly string[] => {
    const subtrees = inside(NAME_CONSTRAINTS).filter(({ tag }) => tag === part);
    return namesIn(subtrees.flatMap((subtree) => childrenOf(bytes, subtree)).flatMap((item) => childrenOf(bytes, item).slice(0, 1)));
  };
  const permitted = domainsIn(PERMITTED);
  const purposes = inside(PURPOSES);
  return {
    notBefore,
    notAfter,
    // Of the bits of its use, the first byte says how many are left over.
    isSigner: mayBe && (usage === undefined || ((bytes[usage.start + 1] ?? 0) & SIGNS_CERTIFICATES) !== 0),
    isForServers: purposes.length === 0 || purposes.some((item) => FOR_SERVERS.has(readNumber(bytes, item))),
    permitted: permitted.length === 0 ? null : permitted,
    excluded: domainsIn(EXCLUDED),
    names: namesIn(names),
    hasAddresses: names.some(({ tag }) => tag === ADDRESS),
  };
}
