import { expect, test } from "vitest";
import { findControl } from "@/lib/controls/registry";
import { parseCatalogueEntries } from "@/lib/scoring/catalogue-entries";
import { toCatalogueAt } from "./catalogue-at";

const ID = "host-ipc";
const own = {
  ...{ id: ID, title: "Every workload names its team", layer: "code", severity: "low", subject: "workload" },
  ...{ expression: "'team' in object.metadata.labels", message: "It names no team.", fix: "Add the label team." },
};

/** Releases kept what people had written beside the built-in control that was judged in its place. */
test.each([
  { by: own.title, layer: "code" },
  { by: findControl(ID)?.title, layer: "container" },
])("an id that people and the product use is of whoever judged: $by", ({ by, layer }) => {
  const stored = [{ id: ID, layer, severity: "low", title: by, own }];
  expect(toCatalogueAt(parseCatalogueEntries(stored)).find(ID)).toMatchObject({ title: by, layer });
});
