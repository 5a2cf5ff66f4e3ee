import { expect, test } from "vitest";
import { readPem } from "./der";

const block = (body: string, label = "CERTIFICATE") => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;
const read = (text: string) => readPem(text, "CERTIFICATE").map((bytes) => new TextDecoder().decode(bytes));
const [ONE, TWO] = [btoa("one"), btoa("two")];

test.each([
  ["one", block(ONE), ["one"]],
  ["several, with words between them", `# one\n${block(ONE)}\nsubject=/CN=two\n${block(TWO)}\n`, ["one", "two"]],
  ["lines as Windows ends them", `${block(ONE)}\n${block(TWO)}\n`.replaceAll("\n", "\r\n"), ["one", "two"]],
  ["space within and behind", `-----BEGIN CERTIFICATE----- \n ${ONE.slice(0, 2)}\t\n${ONE.slice(2)} \n-----END CERTIFICATE-----\t\n`, ["one"]],
  ["blocks of other sorts", `${block(ONE, "RSA PRIVATE KEY")}\n${block(TWO)}\n${block(ONE, "TRUSTED CERTIFICATE")}`, ["two"]],
  ["one that does not decode, and one that does", `${block("%%%")}\n${block(TWO)}`, ["two"]],
  ["a beginning without an end", `-----BEGIN CERTIFICATE-----\n${ONE}\n${block(TWO)}`, ["two"]],
  ["an end of another sort", `-----BEGIN CERTIFICATE-----\n${ONE}\n-----END X509 CRL-----\n${block(TWO)}`, ["two"]],
  // Files that were joined without a new line: the API server finds neither.
  ["two on one line", `${block(ONE)}${block(TWO)}`, []],
  ["one amid a line", `bundle: ${block(ONE)}`, []],
  ["nothing", "", []],
])("reads of %s what Go reads", (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

// Each of them looked for its end in all that follows: a minute for what an API server keeps in one object.
test("reads a text of nothing but beginnings once", { timeout: 10_000 }, () => {
  expect(read("-----BEGIN CERTIFICATE-----\n".repeat(40_000))).toEqual([]);
});
