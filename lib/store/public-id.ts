import "server-only";
import { hash } from "node:crypto";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const PREFIX = "F-";
const SHORTEST = 6;
const LONGEST = 20;

/** `F-7QK2M3`: made from cluster and fingerprint; `length` digits, longer ones begin with the shorter. */
export function toPublicId(clusterId: number, fingerprint: string, length = SHORTEST): string {
  const bytes = hash("sha256", `${clusterId}:${fingerprint}`, "binary"); // text is made in half the time of a buffer
  let id = PREFIX;
  for (let at = 0; at < length; at += 1) id += CROCKFORD[bytes.charCodeAt(at) & 31] ?? "0";
  return id;
}

/** The next longer id of the same finding, when somebody else has `id`. Throws RangeError at the longest that anybody can type. */
export function lengthenPublicId(clusterId: number, fingerprint: string, id: string): string {
  const length = id.length - PREFIX.length + 1;
  if (length > LONGEST) throw new RangeError(`No public id is left for ${fingerprint}.`);
  return toPublicId(clusterId, fingerprint, length);
}

/** Reads an id as people type it: lower case, O for 0, I and L for 1. Null when it cannot be one. */
export function parsePublicId(text: string): string | null {
  const match = /^F-([0-9A-Z]{6,20})$/.exec(text.trim().toUpperCase());
  return match?.[1] === undefined ? null : `F-${match[1].replaceAll("O", "0").replaceAll(/[IL]/g, "1")}`;
}
