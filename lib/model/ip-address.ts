/** Read of a text: how many bits its family has, and all of them as one number. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

const [DOT, ZERO, NINE] = [46, 48, 57];

/** Digit by digit: one policy may list hundreds of thousands. Null for anything but four numbers up to 255, of three digits at most. */
function parseV4(text: string): number | null {
  let [value, parts, part, digits] = [0, 0, 0, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : DOT;
    if (code === DOT) {
      if (digits === 0 || part > 255) return null;
      value = value * 256 + part;
      parts += 1;
      part = 0;
      digits = 0;
    } else if (code < ZERO || code > NINE || digits === 3) return null;
    else {
      part = part * 10 + code - ZERO;
      digits += 1;
    }
  }
  return parts === 4 ? value : null;
}

/** Family bits and value of an address; null for anything else. */
export function parseAddress(text: string): IpAddress | null {
  if (text.includes(":")) return parseV6(text);
  const value = parseV4(text);
  return value === null ? null : { bits: 32, value: BigInt(value) };
}

function parseV6(text: string): IpAddress | null {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  let source = text;
  if (embedded) {
    const v4 = parseAddress(embedded[2] ?? "");
    if (!v4) return null;
    source = `${embedded[1]}${(v4.value >> 16n).toString(16)}:${(v4.value & 0xffffn).toString(16)}`;
  }
  const halves = source.split("::");
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - (groups[0]?.length ?? 0) - (groups[1]?.length ?? 0);
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...(groups[0] ?? []), ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => "0"), ...(groups[1] ?? [])];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null;
  return { bits: 128, value: all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n) };
}

/** The addresses that share the first `prefix` bits of one. */
export interface IpRange extends IpAddress {
  readonly prefix: number;
}

function readRange(cidr: string): IpRange | null {
  const [base, length] = cidr.trim().split("/");
  const address = parseAddress(base ?? "");
  if (address === null || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const prefix = length === undefined ? address.bits : Number(length);
  return prefix <= address.bits ? { ...address, prefix } : null;
}

/** More texts than this are not kept. */
const MOST_KEPT = 20_000;
const kept = new Map<string, IpRange | null>();

/** A single address is a range of its own; null for anything that does not parse. The ranges of one policy are asked for anew for every pod. */
function parseRange(cidr: string): IpRange | null {
  let range = kept.get(cidr);
  if (range === undefined) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(cidr, (range = readRange(cidr)));
  }
  return range;
}

/** Whether a range has an address, which it never has of the other family. */
export function holdsAddress({ bits, value, prefix }: IpRange, address: IpAddress): boolean {
  const shift = BigInt(bits - prefix);
  return bits === address.bits && address.value >> shift === value >> shift;
}

/** The first bits of an address: numbers are found sooner than large ones. */
function firstBits({ bits, value }: IpAddress, prefix: number): number | bigint {
  return bits === 32 ? Math.floor(Number(value) / 2 ** (32 - prefix)) : value >> BigInt(bits - prefix);
}

/** Ranges, asked whether one of them holds all of another, however many there are. */
export class RangeSet {
  /** First bits of the ranges, by family and length. */
  readonly #prefixes = new Map<string, { readonly bits: number; readonly prefix: number; readonly starts: Set<number | bigint> }>();

  /** What does not parse holds no address. */
  add(cidr: string): void {
    // Not kept: it is read once here, and thousands of others would go for it.
    const range = readRange(cidr);
    if (!range) return;
    const { bits, prefix } = range;
    const key = `${bits}/${prefix}`;
    let known = this.#prefixes.get(key);
    if (!known) this.#prefixes.set(key, (known = { bits, prefix, starts: new Set() }));
    known.starts.add(firstBits(range, prefix));
  }

  /** Whether a range of the set holds every address of another, or one address; false for anything that does not parse. */
  holds(cidr: string): boolean {
    const wanted = parseRange(cidr);
    if (!wanted) return false;
    for (const { bits, prefix, starts } of this.#prefixes.values())
      if (bits === wanted.bits && prefix <= wanted.prefix && starts.has(firstBits(wanted, prefix))) return true;
    return false;
  }
}

/** Whether every address of a range is in another; false for anything that does not parse. */
export function isWithin(inner: string, outer: string): boolean {
  const [wanted, range] = [parseRange(inner), parseRange(outer)];
  return wanted !== null && range !== null && range.prefix <= wanted.prefix && holdsAddress(range, wanted);
}

/** Whether a CIDR holds an address; false for anything that does not parse. */
export function isInCidr(address: string, cidr: string): boolean {
  const wanted = parseAddress(address.trim());
  const range = parseRange(cidr);
  return wanted !== null && range !== null && holdsAddress(range, wanted);
}

export function isIpAddress(text: string): boolean {
  return parseAddress(text.trim()) !== null;
}

const PRIVATE = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "127.0.0.0/8",
  "0.0.0.0/8",
  "fc00::/7",
  "fe80::/10",
  "::1/128",
].flatMap((cidr) => parseRange(cidr) ?? []);

/** An address that is routed on the internet. */
export function isPublicAddress(address: string): boolean {
  const wanted = parseAddress(address.trim());
  return wanted !== null && !PRIVATE.some((range) => holdsAddress(range, wanted));
}

/** A range that holds no address of the internet. */
export function isPrivateCidr(cidr: string): boolean {
  const [base, length] = cidr.trim().split("/");
  const wanted = parseAddress(base?.trim() ?? "");
  return wanted !== null && PRIVATE.some((range) => holdsAddress(range, wanted) && (length === undefined || Number(length) >= range.prefix));
}

/** A range that is the whole internet, or half of it. */
export function isWorldCidr(cidr: string): boolean {
  const [base, length] = cidr.trim().split("/");
  return isIpAddress(base ?? "") && length !== undefined && /^[01]$/.test(length);
}
