import { type CelFunc, celFunc, celMethod, CelScalar, isCelMap, mapType } from "@bufbuild/cel";
import { parseAddress } from "../model/ip-address";

/** What an address or a range is inside an expression: a map of one key that no other map has. Equal ones are equal, however they are written. */
const ADDRESS = "@ip";
const RANGE = "@cidr";
const MAP = mapType(CelScalar.STRING, CelScalar.DYN);

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}
interface Range extends Address {
  readonly prefix: number;
}

/** Longer than any address is written. */
const LONGEST = 64;
/** `::ffff:0:0/96`: IPv4 in the clothes of IPv6, which Kubernetes does not take. */
const isMapped = ({ bits, value }: Address): boolean => bits === 128 && value >> 32n === 0xffffn;

/** As the API server reads one: no zeros in front of decimal numbers, no zone, no IPv4 mapped into IPv6. null for what is none. */
function toAddress(text: string): Address | null {
  if (text.length > LONGEST || /(?:^|[.:])0\d+\.|\.0\d+$/.test(text)) return null;
  const found = parseAddress(text);
  return found && !isMapped(found) ? found : null;
}

function toRange(text: string): Range | null {
  const slash = text.lastIndexOf("/");
  const length = text.slice(slash + 1);
  const address = slash < 0 ? null : toAddress(text.slice(0, slash));
  if (!address || !/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > address.bits) return null;
  return { ...address, prefix: Number(length) };
}

/** As RFC 5952 writes it: the longest run of zero groups is left out. */
function writeAddress({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const runs = [...groups.join(":").matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].map((match) => ({ at: match.index, text: match[0] }));
  const [longest] = runs.sort((a, b) => b.text.length - a.text.length || a.at - b.at);
  const text = groups.join(":");
  if (!longest) return text;
  return `${text.slice(0, longest.at).replace(/:$/, "")}::${text.slice(longest.at + longest.text.length).replace(/^:/, "")}`;
}

const writeRange = (range: Range): string => `${writeAddress(range)}/${range.prefix}`;

function mask({ bits, value, prefix }: Range): Range {
  const host = BigInt(bits - prefix);
  return { bits, prefix, value: (value >> host) << host };
}

function holds(range: Range, { bits, value }: Address): boolean {
  const host = BigInt(range.bits - range.prefix);
  return bits === range.bits && value >> host === range.value >> host;
}

function unreadable(text: string, what: string): Error {
  return new Error(`${JSON.stringify(text.slice(0, 40))} is no ${what}`);
}

function needAddress(text: string): Address {
  const found = toAddress(text);
  if (!found) throw unreadable(text, "IP address such as 10.0.0.1");
  return found;
}

function needRange(text: string): Range {
  const found = toRange(text);
  if (!found) throw unreadable(text, "range of addresses such as 10.0.0.0/8");
  return found;
}

const keepAddress = (address: Address): Map<string, string> => new Map([[ADDRESS, writeAddress(address)]]);
const keepRange = (range: Range): Map<string, string> => new Map([[RANGE, writeRange(range)]]);

function kept(value: unknown, key: string): string | null {
  const found: unknown = isCelMap(value) && value.size === 1 ? value.get(key) : undefined;
  return typeof found === "string" ? found : null;
}

function readAddress(value: unknown): Address {
  const text = kept(value, ADDRESS);
  if (text === null) throw new Error("it asks something that is no ip(…) about addresses");
  return needAddress(text);
}

function readRange(value: unknown): Range {
  const text = kept(value, RANGE);
  if (text === null) throw new Error("it asks something that is no cidr(…) about ranges");
  return needRange(text);
}

const isIn = (...ranges: readonly string[]) => {
  const known = ranges.map(needRange);
  return (address: Address): boolean => known.some((range) => holds(range, address));
};
const isUnspecified = isIn("0.0.0.0/32", "::/128");
const isLoopback = isIn("127.0.0.0/8", "::1/128");
const isLinkLocalUnicast = isIn("169.254.0.0/16", "fe80::/10");
/** The scope stands in the second half of the second byte. */
const isLinkLocalMulticast = isIn("224.0.0.0/24", ...Array.from({ length: 16 }, (_, flags) => `ff${flags.toString(16)}2::/16`));
const isNoGlobalUnicast = isIn(
  "0.0.0.0/32",
  "::/128",
  "127.0.0.0/8",
  "::1/128",
  "224.0.0.0/4",
  "ff00::/8",
  "169.254.0.0/16",
  "fe80::/10",
  "255.255.255.255/32",
);

const QUESTIONS: Readonly<Record<string, (address: Address) => boolean>> = {
  isUnspecified,
  isLoopback,
  isLinkLocalUnicast,
  isLinkLocalMulticast,
  isGlobalUnicast: (address) => !isNoGlobalUnicast(address),
};

/** The ip and cidr libraries of Kubernetes. */
export const ADDRESS_FUNCTIONS: readonly CelFunc[] = [
  celFunc("isIP", [CelScalar.STRING], CelScalar.BOOL, (text) => toAddress(text) !== null),
  celFunc("ip", [CelScalar.STRING], MAP, (text) => keepAddress(needAddress(text))),
  celFunc("ip.isCanonical", [CelScalar.STRING], CelScalar.BOOL, (text) => writeAddress(needAddress(text)) === text),
  celMethod("family", MAP, [], CelScalar.INT, function () {
    return readAddress(this).bits === 32 ? 4n : 6n;
  }),
  ...Object.entries(QUESTIONS).map(([name, ask]) =>
    celMethod(name, MAP, [], CelScalar.BOOL, function () {
      return ask(readAddress(this));
    }),
  ),
  celFunc("isCIDR", [CelScalar.STRING], CelScalar.BOOL, (text) => toRange(text) !== null),
  celFunc("cidr", [CelScalar.STRING], MAP, (text) => keepRange(needRange(text))),
  celMethod("containsIP", MAP, [CelScalar.STRING], CelScalar.BOOL, function (text) {
    return holds(readRange(this), needAddress(text));
  }),
  celMethod("containsIP", MAP, [MAP], CelScalar.BOOL, function (address) {
    return holds(readRange(this), readAddress(address));
  }),
  ...(
    [
      [CelScalar.STRING, needRange],
      [MAP, readRange],
    ] as const
  ).map(([type, read]) =>
    celMethod("containsCIDR", MAP, [type], CelScalar.BOOL, function (other) {
      const [outer, inner] = [readRange(this), read(other as string)];
      return outer.prefix <= inner.prefix && holds(outer, inner);
    }),
  ),
  celMethod("ip", MAP, [], MAP, function () {
    return keepAddress(readRange(this));
  }),
  celMethod("masked", MAP, [], MAP, function () {
    return keepRange(mask(readRange(this)));
  }),
  celMethod("prefixLength", MAP, [], CelScalar.INT, function () {
    return BigInt(readRange(this).prefix);
  }),
  celFunc("string", [MAP], CelScalar.STRING, (value) => {
    const text = kept(value, ADDRESS) ?? kept(value, RANGE);
    if (text === null) throw new Error("a map cannot be made a text");
    return text;
  }),
];
