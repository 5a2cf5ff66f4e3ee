import { expect, it } from "vitest";
import { readCardMoment } from "./card-metadata";

const read = (query: string) => readCardMoment(new Request(`http://127.0.0.1/c/prod/card${query}`));

it("draws the picture of the moment that its address names, and of none where it names two, or something else", async () => {
  await expect(read("?at=5&since=2")).resolves.toEqual({ at: 5, since: 2 });
  await expect(read("")).resolves.toEqual({});
  for (const query of ["?at=5&at=6", "?at=none", "?colour=red"]) await expect(read(query)).rejects.toMatchObject({ code: "bad-request" });
});
