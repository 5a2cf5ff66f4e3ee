import { expect, it } from "vitest";
import { findingsPageQuery } from "../contracts/page-queries";
import { momentQuerySchema } from "../contracts/words";
import { readMoment, readPage, readQuery, readSegment } from "./read-page";

it("reads segments that are encoded, that are not, and that cannot be decoded", () => {
  expect(["system%3Anode", "system:node", "%", "%E0%A4%A"].map(readSegment)).toEqual(["system:node", "system:node", "%", "%E0%A4%A"]);
});

it("refuses a moment beyond what can be counted", async () => {
  await expect(readMoment(Promise.resolve({ at: "2147483647" }))).resolves.toEqual({ at: 2_147_483_647 });
  await expect(readMoment(Promise.resolve({ at: "2147483648" }))).rejects.toMatchObject({
    message: "at=2147483648 is not a snapshot number: choose a snapshot of the list, or leave at out.",
  });
});

it("says which parameter it cannot read, what it may be, and not all of a long one", async () => {
  const read = (search: Record<string, string>) => readQuery(Promise.resolve(search), findingsPageQuery);
  await expect(read({ severity: "hgih", view: "control" })).rejects.toMatchObject({
    code: "bad-request",
    message: "severity=hgih cannot be read: severity must be one of critical, high, medium, low, info.",
  });
  await expect(read({ q: "x".repeat(3000) })).rejects.toMatchObject({
    message: `q=${"x".repeat(60)}… cannot be read: q must be at most 200 characters long.`,
  });
  await expect(read({ at: "1e2" })).rejects.toThrow(/^at=1e2 is not a snapshot number: /);
  await expect(read({ severity: "", view: "control", at: "5" })).resolves.toEqual({ view: "control", at: 5 });
});

it("shows what cannot be seen as such", async () => {
  await expect(readMoment(Promise.resolve({ at: "5\0" }))).rejects.toThrow(/^at=5\uFFFD is not/);
});

it("refuses what the page does not know, and what is asked twice", async () => {
  const read = (search: Record<string, string | string[]>) => readQuery(Promise.resolve(search), momentQuerySchema);
  await expect(read({ at: "5", colour: "red" })).rejects.toMatchObject({
    code: "bad-request",
    message: "This page has no parameter colour: leave it out, or use one of at and since.",
  });
  await expect(read({ at: ["5", "6"] })).rejects.toMatchObject({
    code: "bad-request",
    message: "The parameter at is given more than once: leave one of them.",
  });
  await expect(read({ toString: "5" })).rejects.toThrow(/^This page has no parameter toString: /);
});

it("says of a NUL what it is, whichever client of the database refused it", async () => {
  const said = { ok: false, message: "The address holds a NUL character, which no name has." };
  const refused = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: "22021" });
  const wrapped = Object.assign(new Error("Invalid invocation. Database error. Code: `22021`. Message: `…`"), { code: "P2039" });
  for (const error of [refused, wrapped]) await expect(readPage(() => Promise.reject(error))).resolves.toEqual(said);
});

it("does not explain away what nobody expected", async () => {
  await expect(readPage(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});
