import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { findFieldLines } from "./field-lines";
import { parseDocuments } from "./parse-documents";

const folder = mkdtempSync(path.join(tmpdir(), "concentric-lines-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The texts of the lines on which the fields of the named objects are found. */
function find(content: string, wanted: readonly (readonly [name: string, path: string])[]): readonly string[] {
  const file = path.join(folder, "file.yaml");
  writeFileSync(file, content);
  const { documents } = parseDocuments(file, readFileSync(file));
  const all = wanted.flatMap(([name, field]) => {
    const document = documents.find(({ object }) => (object.metadata as { name: string }).name === name);
    return document ? [{ document, path: field }] : [];
  });
  expect(all).toHaveLength(wanted.length);
  const lineOf = findFieldLines(documents, all);
  return all.map((one) => content.split("\n")[lineOf(one) - 1]?.trim() ?? "");
}

const POD = "kind: Pod\nmetadata:\n  name: NAME\nspec:\n  hostPID: yes\n  containers:\n    - name: NAME-0\n      image: NAME:0\n    - image: NAME:1\n";
const pod = (name: string) => POD.replaceAll("NAME", name);
const FIELDS = (name: string) =>
  [
    [name, "spec.hostPID"],
    [name, "spec.containers[1].image"],
    [name, "spec.containers[0].securityContext.privileged"],
  ] as const;
const linesOf = (name: string) => ["hostPID: yes", `- image: ${name}:1`, `- name: ${name}-0`];

test("fields are found in each document of a file, behind comments, empty documents and Windows line ends", () => {
  const content = `\uFEFF# Source: chart/a.yaml\n---\n\n---\n# b\n${pod("a")}---\nkind: [\n---\n# c\n\n${pod("b")}...\n---\n`;
  const wanted = [...FIELDS("a"), ...FIELDS("b")];
  expect(find(content, wanted)).toEqual([...linesOf("a"), ...linesOf("b")]);
  expect(find(content.replaceAll("\n", "\r\n"), wanted)).toEqual([...linesOf("a"), ...linesOf("b")]);
});
test("fields are found in the items of lists, also between what is no object", () => {
  const item = (name: string) => `- ${pod(name).trimEnd().replaceAll("\n", "\n  ")}\n`;
  const content = `kind: List\nitems:\n${item("a")}- just: text\n- kind: PodList\n  items:\n  - metadata: {name: c}\n    spec:\n      hostPID: true\n${item("b")}`;
  expect(find(content, [...FIELDS("b"), ["c", "spec.hostPID"], ...FIELDS("a")])).toEqual([...linesOf("b"), "hostPID: true", ...linesOf("a")]);
});
test("fields are found in JSON, written over lines, one object a line, or one after the other", () => {
  const a = { kind: "Pod", metadata: { name: "a" }, spec: { hostPID: true } };
  const b = { ...a, metadata: { name: "b" } };
  expect(find(JSON.stringify({ kind: "List", items: [b, a] }, null, 2), [["a", "spec.hostPID"]])).toEqual(['"hostPID": true']);
  expect(find(`${JSON.stringify(a)}\n${JSON.stringify(b)}\n`, [["b", "spec.hostPID"]])).toEqual([JSON.stringify(b)]);
  expect(find(`${JSON.stringify(a, null, 2)}\n${JSON.stringify(b, null, 2)}\n`, [["b", "metadata.name"]])).toEqual(['"name": "b"']);
});
test("the document stands for what cannot be found: the object itself, a field whose parents are not there, a place behind an alias", () => {
  const content = `---\nkind: Pod\nmetadata: {name: a}\nx: &x\n  hostPID: true\nspec:\n  <<: *x\n`;
  expect(
    find(content, [
      ["a", ""],
      ["a", "status.phase"],
      ["a", "spec.hostPID"],
    ]),
  ).toEqual(["kind: Pod", "kind: Pod", "spec:"]);
});
