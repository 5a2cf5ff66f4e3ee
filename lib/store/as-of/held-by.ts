import "server-only";

/** Next bundles pages and the API apart: on globalThis they share what either has loaded. */
const holder = globalThis as { concentricHeld?: WeakMap<object, Map<string, unknown>> };

/** One value per owner (a database, an index) and name, made at first use and forgotten with its owner. */
export function heldBy<Owner extends object, Value>(name: string, make: () => Value): (owner: Owner) => Value {
  return (owner) => {
    const all = (holder.concentricHeld ??= new WeakMap());
    let held = all.get(owner);
    if (held === undefined) all.set(owner, (held = new Map()));
    if (!held.has(name)) held.set(name, make());
    return held.get(name) as Value; // safe: each name has one caller, and so one type
  };
}

/** What is held of it was of another history: all is made anew at the next use. */
export function forgetHeld(owner: object): void {
  holder.concentricHeld?.delete(owner);
}
