import { expect, it } from "vitest";
import { cardSearch } from "./card-metadata";
import { readMoment } from "./read-page";

const read = (query: string) => readMoment(cardSearch(new Request(`http://127.0.0.1/c/prod/card${query}`)));

it("draws the picture of the moment that its address names, and of none where it names two", async () => {
  await expect(read("?at=5&since=2")).resolves.toEqual({ at: 5, since: 2 });
  await expect(read("")).resolves.toEqual({});
  await expect(read("?at=5&at=6")).rejects.toMatchObject({ code: "bad-request" });
});
