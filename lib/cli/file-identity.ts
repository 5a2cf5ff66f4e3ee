import { type BigIntStats, fstatSync, statSync } from "node:fs";

/** What all names of one file have in common, and no two files; null where a file system tells none. */
export function toIdentity({ dev, ino }: Pick<BigIntStats, "dev" | "ino">): string | null {
  return ino === 0n ? null : `${dev}:${ino}`;
}

/** Of a file by its name, or of a descriptor; null for what is not there. */
export function identityOf(file: string | number): string | null {
  try {
    return toIdentity(typeof file === "number" ? fstatSync(file, { bigint: true }) : statSync(file, { bigint: true }));
  } catch {
    return null;
  }
}
