import "server-only";
import type { FieldManager } from "@/lib/inventory/field-managers";

/** What is known of a stored object beside the inventory, which forgets it. */
export interface ObjectFacts {
  /** null = not asked of this kind. */
  readonly managers: readonly FieldManager[] | null;
  /** Its body as it is kept, and the digest of that text; left out = only the inventory has it. */
  readonly kept?: { readonly text: () => string; readonly digest: string };
}

export interface KeptFacts {
  readonly save: (key: string, facts: ObjectFacts) => void;
  readonly find: (key: string) => ObjectFacts | undefined;
}

export function createKeptFacts(): KeptFacts {
  const byKey = new Map<string, ObjectFacts>();
  return { save: (key, facts) => byKey.set(key, facts), find: (key) => byKey.get(key) };
}
