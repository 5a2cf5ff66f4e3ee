import { expect, it } from "vitest";
import type { OwnControl } from "@/lib/model/own-control";
import type { CatalogueEntry } from "@/lib/scoring/catalogue-entries";
import { toNext } from "./load-tuning";

const entry = (more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({ id: "c", layer: "code", severity: "high", ...more });
const own = (expression: string): Partial<CatalogueEntry> => ({ own: { expression } as OwnControl });
const OFF = { disabled: "Looked at by hand" };

it.each<[string, CatalogueEntry | undefined, CatalogueEntry | undefined, string | null]>([
  ["nothing of what stays", entry(), entry(), null],
  ["that it ends", entry(), entry(OFF), "It is not judged any more from the next scan on."],
  ["that it ends with its release", entry(), undefined, "It is not judged any more from the next scan on."],
  ["that it is judged again", entry(OFF), entry(), "It is judged again from the next scan on."],
  ["another weight", entry(), entry({ severity: "low" }), "It counts as low from the next scan on."],
  ["other words", entry(own("a")), entry(own("b")), "The next scan judges c as it is written now."],
  ["a first time", undefined, entry(own("a")), "It is judged for the first time by the next scan."],
  ["nothing of what a release has first", undefined, entry(), null],
  ["no first time of what is off from its start", undefined, entry({ ...own("a"), ...OFF }), null],
  ["no other words of what stays off", entry({ ...own("a"), ...OFF }), entry({ ...own("b"), ...OFF }), null],
  ["no other weight of what stays off", entry(OFF), entry({ ...OFF, severity: "low" }), null],
  ["no end of what was off, and is gone", entry(OFF), undefined, null],
])("of the next scan tells %s", (_, before, after, told) => {
  expect(toNext("c", before, after)).toBe(told);
});
