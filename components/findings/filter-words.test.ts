import { expect, it } from "vitest";
import { loadFindingsSearch } from "@/lib/client/findings-search";
import { filterWords } from "./filter-words";

it("says what a list leaves out, and nothing of one that is whole", () => {
  const words = (query: string): string => filterWords(loadFindingsSearch(new URLSearchParams(query)));
  expect(words("severity=critical&layer=container")).toBe("Filtered by severity: critical; layer: container.");
  expect(words("namespace=-&q=token")).toBe("Filtered by namespace: cluster-wide; search: token.");
  expect(words("sort=age&at=45")).toBe("");
  expect(words("q=&resource=&kind=,")).toBe("");
});
