// npm run conformance: writes docs/conformance.md from labels that others gave (read in place from ../shared, never copied).
// With --check it only fails when agreement has dropped below what the page says.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const shared = path.join(root, "..", "shared");
const tool = path.join(shared, "tools", "agreement.mjs");
const page = path.join(root, "docs", "conformance.md");
if (!existsSync(tool)) {
  process.stdout.write("The labels are not here (../shared): conformance is not measured.\n");
  process.exit(0);
}

const readLines = (file) =>
  existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];

function measure(...extra) {
  const folder = mkdtempSync(path.join(tmpdir(), "conformance-"));
  const report = path.join(folder, "report.jsonl");
  const scan = `${process.execPath} .build/scan.mjs`;
  const run = spawnSync(process.execPath, [tool, "--report", report, "--scan", scan, ...extra], { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const rows = [...run.stdout.matchAll(/^(ok|SHORT)\s+([\d.]+) %\s+(\d+) of (\d+)\s+(?:\((\d+) not answered\) )?(.+)$/gm)].map((m) => ({
    held: m[1] === "ok",
    agreed: Number(m[3]),
    total: Number(m[4]),
    unknown: Number(m[5] ?? 0),
    group: m[6].trim(),
  }));
  const disagreements = readLines(report);
  rmSync(folder, { recursive: true });
  return { held: run.status === 0, rows, disagreements };
}

const all = measure();
if (all.rows.length === 0) {
  process.stderr.write("The agreement could not be measured.\n");
  process.exit(1);
}
const total = all.rows.reduce((sum, row) => ({ agreed: sum.agreed + row.agreed, total: sum.total + row.total }), { agreed: 0, total: 0 });

if (process.argv.includes("--check")) {
  const said = /^(\d+) of (\d+) answers agree/m.exec(existsSync(page) ? readFileSync(page, "utf8") : "");
  const dropped = said !== null && total.agreed / total.total < Number(said[1]) / Number(said[2]) - 1e-9;
  process.stdout.write(
    `${total.agreed} of ${total.total} answers agree${dropped ? `, fewer than the ${said[1]} of ${said[2]} that docs/conformance.md says` : ""}.\n`,
  );
  process.exit(dropped ? 1 : 0);
}

const labelled = readdirSync(path.join(shared, "verdicts"))
  .filter((f) => f.endsWith(".jsonl"))
  .map((f) => readLines(path.join(shared, "verdicts", f)));
const suites = [...new Set(labelled.flat().map((line) => line.suite))].sort();
const projects = [...suites, "psa-oracle"].flatMap((suite) => {
  const rows = measure("--only", suite).rows.filter((row) => !row.group.startsWith("access") || suite === "rbac-oracle");
  const sum = rows.reduce((s, row) => ({ agreed: s.agreed + row.agreed, total: s.total + row.total }), { agreed: 0, total: 0 });
  return sum.total > 0 ? [{ suite, ...sum }] : [];
});
const count = (n, word) => `${n} ${word}${n === 1 ? "" : "s"}`;
const percent = (row) => `${((100 * row.agreed) / row.total).toFixed(2)} %`;
const refuted = readLines(path.join(root, "docs", "refuted.jsonl"));
const cases = new Map(labelled.flatMap((lines) => lines.map((line, index) => [`${line.suite}/${line.case}#${index}`, line])));

/** `namespace/Kind/name` of every object of a case and of every owner that one names. */
function namesIn({ objects }) {
  return new Set(
    objects.flatMap(({ kind, metadata: { namespace = "default", name, ownerReferences = [] } }) =>
      [{ kind, name }, ...ownerReferences].map((named) => `${namespace}/${named.kind}/${named.name}`),
    ),
  );
}

/** Why an answer differs, read off the case itself: nobody can tell what pods do whose labels are not there. */
function reasonOf({ id, got, detail }) {
  const names = cases.has(id) && detail?.kind === "connection" ? namesIn(cases.get(id)) : null;
  const isAbsent = names !== null && (got === null || got === undefined) && [detail.from, detail.to].some((end) => !names.has(end));
  return isAbsent
    ? "It asks about a workload that is not among the objects of the case, and a policy there selects by labels: which labels it has is not known, so we say that it cannot be told."
    : "Not explained.";
}
const text = `# Conformance

How far the verdicts agree with labels that others gave: manifests with a pass or fail label by other projects, and answers of a real
Kubernetes API server. Written by \`npm run conformance\`; do not edit by hand.

${total.agreed} of ${total.total} answers agree (${percent(total)}); ${refuted.length} labels are refuted in writing below.

## By question

| question | agreed | of | | not answered |
| --- | ---: | ---: | ---: | ---: |
${all.rows
  .sort((a, b) => (a.group < b.group ? -1 : 1))
  .map((row) => `| ${row.group} | ${row.agreed} | ${row.total} | ${percent(row)} | ${row.unknown || ""} |`)
  .join("\n")}

## By project

| labels of | agreed | of | |
| --- | ---: | ---: | ---: |
${projects.map((row) => `| ${row.suite} | ${row.agreed} | ${row.total} | ${percent(row)} |`).join("\n")}

## Disagreements

${all.disagreements.length === 0 ? "None." : [...Map.groupBy(all.disagreements, (d) => `${d.group}|${reasonOf(d)}`)].map(([, group]) => `- **${group[0].group}**, ${count(group.length, "answer")}: ${reasonOf(group[0])} (${[...Map.groupBy(group, ({ id }) => id)].map(([id, answers]) => `\`${id}\` ${answers.length}`).join(", ")})`).join("\n")}

## Refuted labels

Labels that ask something else, or are wrong, by what is wrong with them: other labels of the same kind disagree for the same reason. They are left
out of the count.

${[...Map.groupBy(refuted, (entry) => `${entry.group}|${entry.reason}`).values()].map((group) => `- **${group[0].group}**: ${group[0].reason} (${group.map(({ id }) => `\`${id}\``).join(", ")})`).join("\n")}
`;
writeFileSync(page, text);
process.stdout.write(`${total.agreed} of ${total.total} answers agree; docs/conformance.md is written.\n`);
