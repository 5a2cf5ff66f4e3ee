/** An entry for each key, in their order. */
export function tableOf<Key extends string, Value>(keys: readonly Key[], make: (key: Key, at: number) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key, at) => [key, make(key, at)])) as Record<Key, Value>; // safe: one entry for each key
}
