import { expect, it, vi } from "vitest";
import { momentQuerySchema } from "../contracts/words";
import { pageRead, readQuery } from "./read-page";

// Outside of a server component React keeps nothing: here it keeps for one request, by the very arguments, as it does there.
vi.mock("react", async (load) => ({
  ...(await load<object>()),
  cache: <A extends readonly unknown[], T>(read: (...asked: A) => T) => {
    const kept = new Map<unknown, T>();
    return (...asked: A): T => {
      const known = kept.get(asked[0]) ?? read(...asked);
      kept.set(asked[0], known);
      return known;
    };
  },
}));

it("reads once for the words and the content of a page, which are handed promises of their own, and anew for another address", async () => {
  const asked = vi.fn(async ({ name }: { readonly name: string }, search) => `${name} at ${(await readQuery(search, momentQuerySchema)).at}`);
  const read = pageRead(asked);
  const ask = (at: string) => read(Promise.resolve({ name: "prod" }), Promise.resolve({ at }));
  expect(await Promise.all([ask("7"), ask("7")])).toEqual(Array(2).fill({ ok: true, value: "prod at 7" }));
  expect(asked).toHaveBeenCalledTimes(1);
  expect(await ask("8")).toEqual({ ok: true, value: "prod at 8" });
});
