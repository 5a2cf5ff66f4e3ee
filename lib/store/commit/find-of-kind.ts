/** What is said of a kind (`group/Kind`), for the findings of one control: what is said of them by `group/Kind control` goes before it. */
export function findOfKind<T>(said: ReadonlyMap<string, T>, kind: string, controlId: string): T | undefined {
  const own = said.get(`${kind} ${controlId}`);
  return own === undefined ? said.get(kind) : own;
}
