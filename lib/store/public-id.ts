import "server-only";
import { createHash } from "node:crypto";

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const SHORTEST_PUBLIC_ID = 6;
const LONGEST = 20;

/** `F-7QK2M3`: made from cluster and fingerprint; `length` digits, longer ones begin with the shorter. */
export function toPublicId(clusterId: number, fingerprint: string, length = SHORTEST_PUBLIC_ID): string {
  const hash = createHash("sha256").update(`${clusterId}:${fingerprint}`).digest();
  let digits = "";
  for (const byte of hash) {
    digits += CROCKFORD[byte & 31] ?? "0";
    if (digits.length === length) break;
  }
  return `F-${digits}`;
}

/** The shortest id that nobody has; `isTaken` knows the ids in use. */
export function pickPublicId(clusterId: number, fingerprint: string, isTaken: (id: string) => boolean): string {
  for (let length = SHORTEST_PUBLIC_ID; length < LONGEST; length += 1) {
    const id = toPublicId(clusterId, fingerprint, length);
    if (!isTaken(id)) return id;
  }
  return toPublicId(clusterId, fingerprint, LONGEST);
}

/** Reads an id as people type it: lower case, O for 0, I and L for 1. Null when it cannot be one. */
export function parsePublicId(text: string): string | null {
  const match = /^F-([0-9A-Z]{6,20})$/.exec(text.trim().toUpperCase());
  return match?.[1] === undefined ? null : `F-${match[1].replaceAll("O", "0").replaceAll(/[IL]/g, "1")}`;
}
