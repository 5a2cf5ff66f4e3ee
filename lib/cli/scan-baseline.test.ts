import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { deployment } from "../inventory/testing";
import { cart, testCommand } from "./testing-command";

const command = testCommand("baseline");
const { folder } = command;
const write = command.writeObjects;
const scan = (...args: readonly string[]) => command.run(args);

describe("--baseline", () => {
  const known = (...objects: readonly object[]): string => {
    const file = path.join(folder, "baseline.json");
    scan("--format", "json", "-o", file, write("then.yaml", ...objects));
    return file;
  };
  const only = ["--only", "container-privileged,host-pid"];
  test("leaves out what was there, counts what is new and tells what is gone", () => {
    const baseline = known(cart("a"), deployment({ name: "gone", podSpec: { hostPID: true, containers: [{ name: "a", image: "b" }] } }));
    const then = write("same.yaml", cart("a"));
    expect(scan(...only, then).status).toBe(1);
    const run = scan(...only, "--baseline", baseline, then);
    expect(run.status).toBe(0);
    // What the other controls found then was not asked now.
    expect(run.out).toMatch(/^Nothing new fails here\.\nKnown from the baseline and left out: 1 finding \(--format json lists all\); 1 is gone\.\n/);
    const moved = cart("other", "a");
    expect(scan(...only, "--baseline", baseline, write("more.yaml", moved)).status).toBe(1);
    expect(scan(...only, "--baseline", baseline, write("another.yaml", { ...cart("a"), metadata: { name: "cart2", namespace: "shop" } })).status).toBe(1);
    expect(scan(...only, "--baseline", known(cart("a", "b")), write("less.yaml", cart("b"))).status).toBe(0);
  });
  test("takes nothing for gone that could not be assessed, or may stand in what was not read", () => {
    const of = ["--only", "psa-enforce-missing"];
    const shop = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    const baseline = path.join(folder, "whole.json");
    const file = write("shop.yaml", shop, { ...shop, metadata: { name: "till" } });
    scan("--complete", "--format", "json", "-o", baseline, file);
    // Other manifests may hold what enforces it.
    expect(scan(...of, "--baseline", baseline, file).out).toMatch(/^Nothing fails here\.\nNothing matches the baseline\.\n/);
    const broken = path.join(folder, "broken-till.yaml");
    writeFileSync(broken, "kind: [");
    const run = scan(...of, "--complete", "--baseline", baseline, write("one.yaml", shop), broken);
    expect(run.out).toContain("1 finding (--format json lists all); 1 is gone, or in what was not read.\n");
  });
  test("tells two observations at one place from one at each of two", () => {
    const ports = (...counts: readonly number[]) =>
      deployment({
        metadata: { name: "cart", namespace: "shop" },
        podSpec: {
          containers: counts.map((count, i) => ({
            name: `c${i}`,
            image: "a:1",
            ports: Array.from({ length: count }, (_, p) => ({ containerPort: 80, hostPort: 9000 + 10 * i + p })),
          })),
        },
      });
    const baseline = known(ports(1, 1));
    expect(scan("--only", "host-port", "--baseline", baseline, write("each.yaml", ports(1, 1))).status).toBe(0);
    expect(scan("--only", "host-port", "--baseline", baseline, write("two.yaml", ports(2, 0))).status).toBe(1);
  });
  test("does not take what became graver for known", () => {
    const baseline = known(cart("a"));
    const mild = JSON.parse(readFileSync(baseline, "utf8")) as { results: { severity: string }[] };
    writeFileSync(baseline, JSON.stringify({ ...mild, results: mild.results.map((result) => ({ ...result, severity: "medium" })) }));
    expect(scan(...only, "--baseline", baseline, write("graver.yaml", cart("a"))).status).toBe(1);
  });
  test("is told in every format, and a report with one is the next one", () => {
    const baseline = known(cart("a"));
    const file = write("now.yaml", cart("a"), { ...cart("a"), metadata: { name: "new", namespace: "shop" } });
    const states = (entries: readonly { readonly baselineState?: string }[]) => entries.map(({ baselineState }) => baselineState).sort();
    const json = scan("--format", "json", ...only, "--baseline", baseline, file);
    const report = JSON.parse(json.out) as { results: { state: string; baselineState?: string }[]; baseline: { known: number } };
    expect([json.status, report.baseline.known, states(report.results.filter(({ state }) => state === "fail"))]).toEqual([1, 1, ["new", "unchanged"]]);
    const { runs } = JSON.parse(scan("--format", "sarif", ...only, "--baseline", baseline, file).out) as { runs: { results: { baselineState?: string }[] }[] };
    expect(states(runs[0]?.results ?? [])).toEqual(["new", "unchanged"]);
    expect(scan("--format", "junit", ...only, "--baseline", baseline, file).out.match(/<failure|Known from the baseline \(critical\)/g)).toEqual([
      "Known from the baseline (critical)",
      "<failure",
    ]);
    expect(scan("--format", "json", ...only, "--baseline", baseline, "-o", baseline, file)).toMatchObject({ status: 1, err: "" });
    expect(readFileSync(baseline, "utf8")).toBe(json.out);
    expect(scan(...only, "--baseline", baseline, file).status).toBe(0);
  });
  test("says that another catalogue judged it, where what fails may be new for that alone", () => {
    const baseline = known(cart("a"));
    const file = write("judged.yaml", cart("a"));
    expect(scan(...only, "--baseline", baseline, file)).toMatchObject({ status: 0, err: "" });
    const sentence = `--baseline: ${baseline} was judged by another catalogue of controls: findings of controls that are new or stricter since then count as new.\n`;
    const report = readFileSync(baseline, "utf8");
    for (const version of ['"catalogueVersion": "older"', '"other": 1']) {
      writeFileSync(baseline, report.replace(/"catalogueVersion": "[^"]*"/, version));
      expect(scan(...only, "--baseline", baseline, file)).toMatchObject({ status: 0, err: sentence });
    }
  });
  test("knows a control by the name that it had", () => {
    const named = write("named.yaml", deployment({ container: { env: [{ name: "PASSWORD", value: "hunter2-hunter2" }] } }));
    const file = path.join(folder, "named.json");
    scan("--format", "json", "--only", "secret-in-env", "-o", file, named);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll('"secret-literal-in-spec"', '"secret-in-env"'));
    expect(scan("--only", "secret-literal-in-spec", named).status).toBe(1);
    expect(scan("--only", "secret-literal-in-spec", "--baseline", file, named)).toMatchObject({ status: 0, out: expect.stringContaining("1 finding (") });
  });
  test("knows of evidence that was cut the number alone", () => {
    const many = (count: number, start = 0) => cart(...Array.from({ length: count }, (_, i) => `c${start + i}`));
    const baseline = known(many(120));
    const isNew = (object: object) => scan(...only, "--baseline", baseline, write("many.yaml", object)).status === 1;
    expect([isNew(many(120, 500)), isNew(many(121))]).toEqual([false, true]);
  });
  test("counts as left out what it lists otherwise", () => {
    const baseline = known(cart("a"));
    const args = ["--only", "container-privileged,run-as-non-root,root-fs-writable", "--min-severity", "critical", "--baseline", baseline];
    expect(scan(...args, write("left.yaml", cart("a"))).out).toBe(
      "Nothing new fails here at or above critical.\nKnown from the baseline and left out: 1 finding (--format json lists all).\n",
    );
  });
  test("tells each thing that could not be read of one document under a name of its own", () => {
    const items = [
      { metadata: {} },
      { metadata: {} },
      7,
      { apiVersion: "tekton.dev/v1", kind: "Task", metadata: { name: "t" }, spec: { steps: [{ name: "a", image: "b" }] } },
    ];
    const file = write("list.yaml", { apiVersion: "v1", kind: "List", items: [...items, cart("a")] });
    const told = (format: string) => scan("--format", format, "--only", "host-pid", file).out;
    const names = [...told("junit").matchAll(/classname="\S+list\.yaml" name="(.*?)"/g)].map(([, name]) => name);
    expect(names).toEqual(["document 1", "document 1 (2)", "document 1 (3)", "document 1 (4)"]);
    const entries = JSON.parse(told("codequality")) as { description: string; fingerprint: string }[];
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(4);
  });
  test("tells of a file that is not there without a number of a document", () => {
    const [missing, file] = [path.join(folder, "missing.yaml"), write("there.yaml", cart("a"))];
    expect(scan("--format", "jsonl", "--only", "host-pid", missing, file).err).toBe(`${missing}: It does not exist.\n`);
    const invocationOf = (...files: string[]) =>
      (JSON.parse(scan("--format", "sarif", "--only", "host-pid", ...files).out) as { runs: { invocations: object[] }[] }).runs[0]?.invocations[0];
    const text = `${missing}: It does not exist.`;
    // It exits 2.
    expect(invocationOf(missing, file)).toEqual({ executionSuccessful: false, toolExecutionNotifications: [{ level: "warning", message: { text } }] });
    expect(invocationOf(file)).toEqual({ executionSuccessful: true, toolExecutionNotifications: [] });
    expect(scan("--format", "junit", "--only", "host-pid", missing, file).out).toContain(`classname="${missing}" name="file" file="${missing}"><error `);
    const [entry] = JSON.parse(scan("--format", "codequality", "--only", "host-pid", missing, file).out) as { description: string }[];
    expect(entry?.description).toBe("Not judged: It does not exist.");
  });
  test.each(["junit", "codequality"])("in %s by one name and one fingerprint, whichever way the file was named", (format) => {
    const told = ["missing.yaml", "./missing.yaml", path.resolve("missing.yaml")].map((name) => scan("--format", format, name).out);
    expect(told[0]).toContain("missing.yaml");
    expect(new Set(told).size).toBe(1);
  });
});
