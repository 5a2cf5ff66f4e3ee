import { type ComponentProps, createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { KindTable } from "./kind-table";

type Kind = ComponentProps<typeof KindTable>["kinds"][number];

const toKind = (action: string | null, index: number): Kind => ({
  kind: `Kind${index}`,
  group: "",
  version: "v1",
  resource: `kind${index}`,
  status: "forbidden",
  objects: 0,
  listed: 0,
  controls: 1,
  reason: "It is refused.",
  action,
  since: null,
});

const draw = (actions: readonly (string | null)[]): string => renderToStaticMarkup(createElement(KindTable, { kinds: actions.map(toKind), base: "/c/here" }));

it("says once what closes the gap of every kind, and for each its own where they differ", () => {
  expect(draw(["Grant it.", "Grant it.", "Grant it."]).split("Grant it.")).toHaveLength(2);
  expect(draw(["Grant it.", "Grant it.", "Grant it."])).not.toContain("Reason and action");
  expect(draw(["Grant it.", "Scan again.", "Grant it."]).split("Grant it.")).toHaveLength(3);
  expect(draw([null, null])).not.toContain("For each of them");
});

it("says beside the name of a kind, which is no link then, that its objects are not listed", () => {
  const pods: Kind = { ...toKind(null, 0), kind: "Pod", status: "read", reason: null, objects: 102 };
  const [kind, , , objects] = renderToStaticMarkup(createElement(KindTable, { kinds: [pods], base: "/c/here" }))
    .replace(/.*<tbody>/, "")
    .split("</td>")
    .map((cell) => cell.replace(/<[^>]*>/g, " ").trim());
  expect(kind).toMatch(/^Pod\s+not listed in Resources$/);
  expect(objects).toBe("102");
});
