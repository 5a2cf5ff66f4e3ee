import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { record } from "../model/json";
import { parseDocuments } from "./parse-documents";
import { readAtMost } from "./read-at-most";
import { splitLines } from "./split-lines";
import { ENDED_AFTER_MS, testCommand } from "./testing-command";

const { root: ROOT, script: SCAN, folder, write, run } = testCommand("odd-files");

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: nginx, securityContext: {privileged: true}}]\n";

/** One that never ends is ended, and then has no status. */
const scan = (...args: readonly string[]) => run(["--only", "container-privileged", ...args]);

describe.skipIf(process.platform === "win32")("what is no ordinary file", () => {
  test.each([
    [["/dev/zero"], "Not read: /dev/zero, document 1. The file is larger than 512 MiB.\n"],
    [["--baseline", "/dev/zero", "-"], "--baseline: /dev/zero cannot be read: it is larger than 512 MiB.\n"],
    [["--controls", "/dev/zero", "-"], "--controls: /dev/zero is larger than 4 MiB.\n"],
    [["/dev/null"], "Not read: /dev/null. It has no Kubernetes object.\n"],
  ])("does not keep anybody for ever: %j", (args, said) => {
    const { status, out, err } = scan(...args);
    expect([status, out + err]).toEqual([2, expect.stringContaining(said)]);
  });

  test("is told where a folder holds it, beside files that are judged", () => {
    write("pipes/a.yaml", POD);
    execFileSync("mkfifo", [path.join(folder, "pipes/b.yaml")]);
    const { status, out } = scan(path.join(folder, "pipes"));
    expect(status).toBe(1);
    expect(out).toMatch(/Not read: \S+\/b\.yaml\. It cannot be read: it is no ordinary file\.\n/);
  });

  test("takes no more room than what it gives", () => {
    const pipe = path.join(folder, "wide");
    execFileSync("mkfifo", [pipe]);
    const writer = spawn("sh", ["-c", `head -c 60000000 /dev/zero > ${pipe}`]);
    const before = process.memoryUsage().external;
    expect(readAtMost(pipe, 1e9)).toHaveLength(60_000_000);
    expect(process.memoryUsage().external - before).toBeLessThan(300e6);
    writer.kill();
  });

  test("is read once where it is named, also for a report that tells lines", async () => {
    const pipe = path.join(folder, "named");
    execFileSync("mkfifo", [pipe]);
    const reader = spawn(process.execPath, [SCAN, "--only", "container-privileged", "--format", "sarif", pipe], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      timeout: ENDED_AFTER_MS,
    });
    const printed: Buffer[] = [];
    reader.stdout.on("data", (chunk: Buffer) => printed.push(chunk));
    const ended = new Promise((resolve) => reader.once("close", resolve));
    writeFileSync(pipe, POD);
    expect(await ended).toBe(1);
    expect(Buffer.concat(printed).toString()).toContain('"ruleId": "container-privileged"');
  });
});

async function lines(chunks: readonly string[], limit?: number) {
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  return Array.fromAsync(splitLines(stream, limit));
}

test("a line that is too long is told, however it comes, and those around it are read", async () => {
  const problem = { problem: "The line is longer than any text that can be read." };
  expect(await lines(["one\n12345", "67890", "1\nlast"], 10)).toEqual(["one", problem, "last"]);
  expect(await lines(["1234567890\n12345678901"], 10)).toEqual(["1234567890", problem]);
  expect(await lines(["a\r\n\nb\n"])).toEqual(["a", "", "b"]);
});

const TEMPLATE = "It is a template, whose values are not filled in yet: scan what it renders to, such as the output of helm template.";
test.each([
  ["apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}\n", TEMPLATE],
  ["{{- if .Values.enabled }}\nkind: Pod\n{{- end }}\n", TEMPLATE],
  ['kind: Pod\nmetadata:\n  labels:\n    {{- include "app.labels" . | nindent 4 }}\n', TEMPLATE],
  ['kind: Pod\nmetadata: {name: "{{ .Release.Name }}"}\nspec: {containers: [{name: c, image: "{{ .Values.image }}"}]}\n', TEMPLATE],
  [
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n",
    "It is a build file, not a cluster object: scan the output of kubectl kustomize.",
  ],
])("says of what stands for others what to judge in its place: %j", (content, message) => {
  expect(parseDocuments("a.yaml", Buffer.from(content))).toEqual({ documents: [], errors: [{ source: "a.yaml", document: 1, message }] });
});

const broken = "image: [\n";
test.each([
  ['image: "{{ .Values.image | default "nginx" }}"\n'],
  ['key: |\n  text\n{{ .Files.Get "a" | indent 2 }}\n'],
  ["a: 'it is'\nb: {{ .Values.b }} # it's said\n"],
  ["metadata:\n  name: {{ name }}\n"],
  ["spec:\n  replicas: {{replicas | default(2)}}\n"],
  ["spec:\n{% if shared %}\n  hostPID: true\n{% endif %}\n"],
  ["data:\n  conf: |\n    {{- range .Values.a }}\n  other:\n    {{- toYaml .Values.b | nindent 4 }}\n"],
])("is taken for a template where something is to be filled in: %j", (content) => {
  expect(parseDocuments("a.yaml", Buffer.from(content)).errors.map(({ message }) => message)).toEqual([TEMPLATE]);
});

test.each([
  [`metadata:\n  annotations:\n    hint: "set {{ .Values.name }}"\n${broken}`],
  [`metadata:\n  annotations:\n    hint: 'set {{ .Values.name }}'\n${broken}`],
  [`# from {{ .Values.name }}\nkind: Pod # {{ include "a" . }}\n${broken}`],
  [`# {% if a %}\nmetadata:\n  annotations:\n    hint: "{{ name }}"\n${broken}`],
  [`data:\n  rules: |-\n    {{ .Values.x }}\n\n    {{ if .a }}\n  list:\n  - >\n    {{ .Values.x }}\n${broken}`],
])("is told as broken YAML where it only quotes a template: %j", (content) => {
  expect(parseDocuments("a.yaml", Buffer.from(content)).errors.map(({ message }) => message)).toEqual([expect.stringMatching(/^It is not YAML: /)]);
});

test.each([
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
] as const)("is read where its first bytes say %s", (encoding, mark) => {
  const bytes = Buffer.from(POD, "utf16le");
  if (encoding === "utf-16be") bytes.swap16();
  const { documents, errors } = parseDocuments("a.yaml", Buffer.concat([Buffer.from(mark), bytes]));
  expect([documents.map(({ object }) => object.kind), errors]).toEqual([["Pod"], []]);
});

test.each([
  ["items: {a: {kind: Pod}}", ["Its items are not a list."]],
  ["items: null", []],
  ["items: []", []],
])("passes over no list in silence that it cannot read: %j", (items, messages) => {
  const { documents, errors } = parseDocuments("a.yaml", Buffer.from(`apiVersion: v1\nkind: List\n${items}\n`));
  expect([documents, errors.map(({ message }) => message)]).toEqual([[], messages]);
});

test("reads a file of JSON lines around a line that is none, wherever that is", () => {
  const pod = (name: string) => JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name } });
  for (const lines of [
    ["oops", pod("a"), pod("b")],
    [pod("a"), "oops", pod("b")],
    [pod("a"), pod("b"), "oops"],
  ]) {
    for (const end of ["\n", "\r\n"]) {
      const { documents, errors } = parseDocuments("a.jsonl", Buffer.from(lines.join(end)));
      expect(documents.map(({ object }) => record(object.metadata).name)).toEqual(["a", "b"]);
      expect(errors.map(({ message }) => message)).toEqual([
        expect.stringMatching(new RegExp(`^What starts on line ${lines.indexOf("oops") + 1} is not JSON: Unexpected token 'o'`)),
      ]);
    }
  }
});

test("says in plain words that an anchor holds itself", () => {
  const { documents, errors } = parseDocuments("a.yaml", Buffer.from("kind: Pod\nmetadata: &m {name: a, labels: *m}\n"));
  expect([documents, errors.map(({ message }) => message)]).toEqual([[], ['It is not YAML: what the anchor "m" names contains itself (2:33)']]);
});

test("says that it is compressed", () => {
  const { errors } = parseDocuments("a.yaml.gz", gzipSync(POD));
  expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/^It is compressed: .+\.$/)]);
});

test("says where a document is broken by the lines of its file", () => {
  const { errors } = parseDocuments("a.yaml", Buffer.from(`${POD}--- # second\nkind: Pod\nspec: *a\n---\nkind: [\n`));
  expect(errors.map(({ message }) => message)).toEqual([expect.stringMatching(/"a" \(8:\d+\)$/), expect.stringMatching(/\(1\d:1\)$/)]);
});

test("takes a text that only quotes a template for YAML", () => {
  const content = `${POD}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: rules}\ndata:\n  alert: "{{ $labels.pod }} is down"\n  other: |\n    {{ .Values.x }}\n`;
  const { documents, errors } = parseDocuments("a.yaml", Buffer.from(content));
  expect([documents.map(({ object }) => object.kind), errors]).toEqual([["Pod", "ConfigMap"], []]);
});
