import { expect, it } from "vitest";
import { createTestContext } from "../testing-context";
import { literalsOf } from "./exemplary-requests";
import { gatekeeperTemplatesView } from "./gatekeeper-templates";
import { readQuery, readValue } from "./kyverno-paths";
import { isMeasured } from "./kyverno-texts";

// A policy may be as long as what etcd holds. Each of these took minutes where its time grew with the square of that, and the scan with it.
const LENGTH = 400_000;
const filled = (part: string): string => part.repeat(LENGTH / part.length);

it("finds the texts in an expression, beside quotes that nothing closes, in a time that grows with its length", () => {
  expect(literalsOf(`a == 'b' && "it's" != "\\"c" // don't "d"`)).toEqual(["b", "it's", '\\"c', "d"]);
  expect(literalsOf(`"a\n'b' "c`)).toEqual(["b"]);
  expect(literalsOf(`${filled(`"\\`)} 'a'`)).toEqual(["a"]);
});

it("takes no measure for a range, however long", () => {
  for (const range of ["1-2", "10!-20", "1Ki-2.5Mi", "-1_a-+2", "1..-2"]) expect(isMeasured(range)).toBe(true);
  for (const other of ["1é-2", "-", "1-", "1a.2-3", `${filled("0")}!`]) expect(isMeasured(other)).toBe(false);
});

it("leaves what is looked up by more than anybody writes unread", () => {
  const path = (length: number): string => `request.object${".a".repeat(length)}`;
  expect(readQuery(path(400), null)).not.toBeNull();
  for (const long of [path(LENGTH), `(${filled(" \n")}`]) expect(readQuery(long, null)).toBeNull();
  expect(readValue(`{{ ${path(400)} }}`, null)).not.toBeNull();
  expect(readValue(`{{ a${filled(" ")}b`, null)).toBeNull();
});

it("leaves the comments of a template out, also below lines that hold nothing", () => {
  const template = (rego: string) => ({
    apiVersion: "templates.gatekeeper.sh/v1",
    kind: "ConstraintTemplate",
    metadata: { name: "a" },
    spec: { crd: { spec: { names: { kind: "A" } } }, targets: [{ rego }] },
  });
  const words = (rego: string) => [
    ...(createTestContext([template(rego)])
      .view(gatekeeperTemplatesView)
      .get("A") ?? []),
  ];
  expect(words("one\n\n \t# two\r\n#three\nfour # five")).toEqual(expect.arrayContaining(["one", "four", "five"]));
  expect(words("one\n\n \t# two\r\n#three\nfour")).not.toEqual(expect.arrayContaining([expect.stringMatching(/two|three/)]));
  expect(words(`${filled("\n")}one`)).toContain("one");
});
