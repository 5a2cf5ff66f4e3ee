import { type CelFunc, celFunc, celMethod, CelScalar } from "@bufbuild/cel";
import { holdsAddress, type IpAddress, type IpRange, parseAddress } from "../model/ip-address";
import { findKept, keep, TEXT_MAP } from "./kept-value";

/** Kept as RFC 5952 writes them: equal ones are equal, however they are written. */
const ADDRESS = "@ip";
const RANGE = "@cidr";

/** Longer than any address is written. */
const LONGEST = 64;
/** `::ffff:0:0/96`: IPv4 in the clothes of IPv6, which Kubernetes does not take. */
const isMapped = ({ bits, value }: IpAddress): boolean => bits === 128 && value >> 32n === 0xffffn;

/** As the API server reads one: no zeros in front of decimal numbers, no zone, no IPv4 mapped into IPv6. null for what is none. */
function toAddress(text: string): IpAddress | null {
  if (text.length > LONGEST || /(?:^|[.:])0\d+\.|\.0\d+$/.test(text)) return null;
  const found = parseAddress(text);
  return found && !isMapped(found) ? found : null;
}

function toRange(text: string): IpRange | null {
  const slash = text.lastIndexOf("/");
  const length = text.slice(slash + 1);
  const address = slash < 0 ? null : toAddress(text.slice(0, slash));
  if (!address || !/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > address.bits) return null;
  return { ...address, prefix: Number(length) };
}

/** As RFC 5952 writes it: the longest run of zero groups is left out. */
function writeAddress({ bits, value }: IpAddress): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  const runs = [...groups.join(":").matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].map((match) => ({ at: match.index, text: match[0] }));
  const [longest] = runs.sort((a, b) => b.text.length - a.text.length || a.at - b.at);
  const text = groups.join(":");
  if (!longest) return text;
  return `${text.slice(0, longest.at).replace(/:$/, "")}::${text.slice(longest.at + longest.text.length).replace(/^:/, "")}`;
}

const writeRange = (range: IpRange): string => `${writeAddress(range)}/${range.prefix}`;

function mask({ bits, value, prefix }: IpRange): IpRange {
  const host = BigInt(bits - prefix);
  return { bits, prefix, value: (value >> host) << host };
}

function unreadable(text: string, what: string): Error {
  return new Error(`${JSON.stringify(text.slice(0, 40))} is no ${what}`);
}

function needAddress(text: string): IpAddress {
  const found = toAddress(text);
  if (!found) throw unreadable(text, "IP address such as 10.0.0.1");
  return found;
}

function needRange(text: string): IpRange {
  const found = toRange(text);
  if (!found) throw unreadable(text, "range of addresses such as 10.0.0.0/8");
  return found;
}

const keepAddress = (address: IpAddress): Map<string, string> => keep(ADDRESS, writeAddress(address));
const keepRange = (range: IpRange): Map<string, string> => keep(RANGE, writeRange(range));

function readAddress(value: unknown): IpAddress {
  const text = findKept(value, ADDRESS);
  if (text === null) throw new Error("it asks something that is no ip(…) about addresses");
  return needAddress(text);
}

function readRange(value: unknown): IpRange {
  const text = findKept(value, RANGE);
  if (text === null) throw new Error("it asks something that is no cidr(…) about ranges");
  return needRange(text);
}

const isIn = (...ranges: readonly string[]) => {
  const known = ranges.map(needRange);
  return (address: IpAddress): boolean => known.some((range) => holdsAddress(range, address));
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

const QUESTIONS: Readonly<Record<string, (address: IpAddress) => boolean>> = {
  isUnspecified,
  isLoopback,
  isLinkLocalUnicast,
  isLinkLocalMulticast,
  isGlobalUnicast: (address) => !isNoGlobalUnicast(address),
};

/** The ip and cidr libraries of Kubernetes. */
export const ADDRESS_FUNCTIONS: readonly CelFunc[] = [
  celFunc("isIP", [CelScalar.STRING], CelScalar.BOOL, (text) => toAddress(text) !== null),
  celFunc("ip", [CelScalar.STRING], TEXT_MAP, (text) => keepAddress(needAddress(text))),
  celFunc("ip.isCanonical", [CelScalar.STRING], CelScalar.BOOL, (text) => writeAddress(needAddress(text)) === text),
  celMethod("family", TEXT_MAP, [], CelScalar.INT, function () {
    return readAddress(this).bits === 32 ? 4n : 6n;
  }),
  ...Object.entries(QUESTIONS).map(([name, ask]) =>
    celMethod(name, TEXT_MAP, [], CelScalar.BOOL, function () {
      return ask(readAddress(this));
    }),
  ),
  celFunc("isCIDR", [CelScalar.STRING], CelScalar.BOOL, (text) => toRange(text) !== null),
  celFunc("cidr", [CelScalar.STRING], TEXT_MAP, (text) => keepRange(needRange(text))),
  celMethod("containsIP", TEXT_MAP, [CelScalar.STRING], CelScalar.BOOL, function (text) {
    return holdsAddress(readRange(this), needAddress(text));
  }),
  celMethod("containsIP", TEXT_MAP, [TEXT_MAP], CelScalar.BOOL, function (address) {
    return holdsAddress(readRange(this), readAddress(address));
  }),
  ...(
    [
      [CelScalar.STRING, needRange],
      [TEXT_MAP, readRange],
    ] as const
  ).map(([type, read]) =>
    celMethod("containsCIDR", TEXT_MAP, [type], CelScalar.BOOL, function (other) {
      const [outer, inner] = [readRange(this), read(other as string)];
      return outer.prefix <= inner.prefix && holdsAddress(outer, inner);
    }),
  ),
  celMethod("ip", TEXT_MAP, [], TEXT_MAP, function () {
    return keepAddress(readRange(this));
  }),
  celMethod("masked", TEXT_MAP, [], TEXT_MAP, function () {
    return keepRange(mask(readRange(this)));
  }),
  celMethod("prefixLength", TEXT_MAP, [], CelScalar.INT, function () {
    return BigInt(readRange(this).prefix);
  }),
  celFunc("string", [TEXT_MAP], CelScalar.STRING, (value) => {
    const text = findKept(value, ADDRESS) ?? findKept(value, RANGE);
    if (text === null) throw new Error("a map cannot be made a text");
    return text;
  }),
];
