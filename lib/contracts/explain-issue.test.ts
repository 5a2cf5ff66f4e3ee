import { expect, test } from "vitest";
import { z } from "zod";
import { listFindingsQuery } from "./findings";
import { saveSettingsBody } from "./settings";
import { listSnapshotsQuery } from "./snapshots";
import { momentQuerySchema } from "./words";
import { explainIssue } from "./explain-issue";

test.each([
  [momentQuerySchema, { at: "abc" }, "at: a snapshot number is a whole number, such as 12."],
  [momentQuerySchema, { at: "0x10" }, "at: a snapshot number is a whole number, such as 12."],
  [momentQuerySchema, { at: "1e2" }, "at: a snapshot number is a whole number, such as 12."],
  [momentQuerySchema, { at: " 5" }, "at: a snapshot number is a whole number, such as 12."],
  [momentQuerySchema, { at: "1.5" }, "at: a snapshot number is a whole number, such as 12."],
  [momentQuerySchema, { at: "0" }, "at: a snapshot number is a whole number, such as 12."],
  [momentQuerySchema, { at: "3000000000" }, "at: a snapshot number is a whole number, such as 12."],
  [listSnapshotsQuery, { before: "3000000000" }, "before: a snapshot number is a whole number, such as 12."],
  [momentQuerySchema, { when: "5", at: "5" }, "Unknown parameter: when."],
  [listFindingsQuery, { limit: "0" }, "limit must be at least 1."],
  [listFindingsQuery, { limit: "501" }, "limit must be at most 500."],
  [listFindingsQuery, { q: "x".repeat(201) }, "q must be at most 200 characters long."],
  [z.object({ q: z.string().min(1) }), { q: "" }, "q must be at least 1 character long."],
  [listFindingsQuery, { limit: "1.5" }, "limit must be a whole number."],
  [listFindingsQuery, { severity: "high,terrible" }, "severity must be one of critical, high, medium, low, info."],
  [z.object({ q: z.string() }), {}, "q is missing."],
  [z.object({ on: z.boolean() }), { on: "yes" }, "on must be true or false."],
  [z.object({ on: z.boolean() }), [], "The request must be an object."],
  [z.object({ n: z.number().gt(2) }), { n: 2 }, "n must be more than 2."],
  [
    saveSettingsBody,
    { ownControls: [] },
    "ownControls: own controls are added, changed and deleted one by one, at own-controls beside settings: leave them out here.",
  ],
  [saveSettingsBody, { isApplied: true }, "isApplied: it is told with the settings and is none of them: leave it out."],
  [saveSettingsBody, { trustedRegistries: ["acme"] }, "trustedRegistries: an entry begins with a registry: for images of Docker Hub, write docker.io/acme."],
  [z.object({ id: z.string().regex(/x/, "an id has an x") }), { id: "y" }, "id: an id has an x."],
])("says what is wrong with what was asked", (schema: z.ZodType, given: unknown, sentence) => {
  expect(explainIssue(schema.safeParse(given).error?.issues[0])).toBe(sentence);
});

const file = z.strictObject({ lists: z.array(z.object({ n: z.number() })), byName: z.record(z.string().regex(/^a/, "a name begins with a"), z.number()) });

test.each([
  [{ lists: [{ n: 1 }, {}], byName: {} }, "lists.2.n is missing."],
  [{ lists: [], byName: { b: 1 } }, "byName.b: a name begins with a."],
  [[], "The file must be an object."],
  [{ lists: [], byName: {}, more: 1, other: 2 }, "Unknown field: more, other."],
])("says what is wrong with a file, items counted from 1", (given: unknown, sentence) => {
  expect(explainIssue(file.safeParse(given).error?.issues[0], { whole: "The file", unknown: "Unknown field", countsItems: true })).toBe(sentence);
});

test("a snapshot number is read as the number that it is", () => {
  expect(momentQuerySchema.parse({ at: "12", since: "3" })).toEqual({ at: 12, since: 3 });
});
