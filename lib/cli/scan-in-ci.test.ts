import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { deployment, serviceAccount } from "../inventory/testing";
import { testCommand } from "./testing-command";

const { script: COMMAND, folder, write, run } = testCommand("ci");

/** Sets nothing: fails controls of several severities. */
const containers = [{ name: "a", image: "nginx", securityContext: { privileged: true } }];
const bad = { apiVersion: "v1", kind: "Pod", metadata: { name: "cart" }, spec: { containers } };

const scan = (...args: readonly string[]) => run(args, { input: JSON.stringify(bad) });

interface Result {
  readonly control: string;
  readonly layer: string;
  readonly severity: string;
  readonly state: string;
}

function resultsOf(...args: readonly string[]): readonly Result[] {
  return (JSON.parse(scan("--format", "json", ...args, "-").out) as { results: readonly Result[] }).results;
}

describe("which controls are judged", () => {
  test("is said by id and layer, with --skip before --only, in one list or several options", () => {
    expect(new Set(resultsOf("--only", "container-privileged,host-pid", "--all").map((r) => r.control))).toEqual(new Set(["container-privileged", "host-pid"]));
    expect(new Set(resultsOf("--only", "container", "--only", "code").map((r) => r.layer))).toEqual(new Set(["container", "code"]));
    const skipped = resultsOf("--only", "container", "--skip", "container-privileged", "--skip=run-as-non-root").map((r) => r.control);
    expect(skipped).toContain("user-namespace-missing");
    expect(skipped.filter((id) => id === "container-privileged" || id === "run-as-non-root")).toEqual([]);
  });
  test("decides the exit code too", () => {
    expect(scan("--only", "host-pid", "-").status).toBe(0);
    expect(scan("--only", "container-privileged", "-").status).toBe(1);
  });
  test("counts for own controls and for bundles", () => {
    const own = [{ id: "no-team", layer: "cluster", severity: "low", message: "No team.", expression: "false" }];
    const file = write("own.json", JSON.stringify(own));
    expect(resultsOf("--controls", file, "--only", "no-team").map((r) => r.control)).toEqual(["no-team"]);
    const bundles = write("chosen.jsonl", JSON.stringify({ objects: [bad] }));
    expect(scan("--only", "host-pid", "--all", "--bundles", bundles).out).not.toContain("container-privileged");
    const asked = write("asked.jsonl", JSON.stringify({ objects: [bad], questions: {} }));
    expect(JSON.parse(scan("--only", "host-pid", "--bundles", asked).out)).toMatchObject({ errors: [{ message: "The questions of a bundle are a list." }] });
  });
  test.each([
    [["--only", "container-priviledged"], '--only: "container-priviledged" is neither a control nor a layer (cloud, cluster, container, code).\n'],
    [["--skip", "host-pid,"], "--skip: a name is empty.\n"],
    [["--only", "host-pid", "--skip", "container"], "--only and --skip leave no control.\n"],
    [["--min-severity", "bad"], '--min-severity: "bad" is none of critical, high, medium, low, info.\n'],
    [["--nope"], "Unknown option '--nope'. --help lists the options.\n"],
    [["--format"], "Option '--format <value>' argument missing. --help lists the options.\n"],
  ])("is refused in one sentence where it is wrong: %j", (args, sentence) => {
    const { status, out, err } = scan("-", ...args);
    expect({ status, out, err }).toEqual({ status: 2, out: "", err: sentence });
  });
});

describe("severities", () => {
  test("that are milder than --min-severity are neither listed nor fail", () => {
    const found = new Set(resultsOf("--min-severity", "high").map((r) => r.severity));
    expect([...found].filter((severity) => severity !== "critical" && severity !== "high")).toEqual([]);
    expect(found.size).toBeGreaterThan(0);
    const mild = resultsOf().find((r) => r.state === "fail" && r.severity === "low")?.control ?? "";
    expect(scan("--only", mild, "-").status).toBe(1);
    expect(scan("--only", mild, "--min-severity", "high", "-").status).toBe(0);
  });
  test("do not matter to --fail-on none: it only reports", () => {
    expect(scan("--fail-on", "none", "-")).toMatchObject({ status: 0, out: expect.stringContaining("container-privileged") });
    expect(scan("--fail-on", "none", "--bundles", write("none.jsonl", JSON.stringify({ objects: [bad] }))).status).toBe(0);
  });
});

describe("the exit code", () => {
  const fine = () => write("fine.yaml", JSON.stringify(serviceAccount({ name: "fine" })));
  test("is 2 when a path that was named is not there, whatever the others hold", () => {
    expect(scan("--fail-on", "critical", fine()).status).toBe(0);
    expect(scan("--fail-on", "critical", fine(), "/does/not/exist")).toMatchObject({ status: 2, out: expect.stringContaining("It does not exist.") });
    expect(scan("-", "/does/not/exist").status).toBe(2);
  });
  test("is 2 with --strict when a document could not be read, or has containers that are not judged", () => {
    const broken = write("broken.yaml", `${JSON.stringify(serviceAccount({ name: "fine" }))}\n---\nkind: [\n`);
    expect([scan("--fail-on", "none", broken).status, scan("--fail-on", "none", "--strict", broken).status]).toEqual([0, 2]);
    expect(scan("--fail-on", "none", "--strict", fine()).status).toBe(0);
    const task = { apiVersion: "tekton.dev/v1", kind: "Task", metadata: { name: "t" }, spec: { steps: [{ name: "a", image: "b" }] } };
    const bundles = write("strict.jsonl", [{ objects: [bad] }, { objects: [task] }].map((line) => JSON.stringify(line)).join("\n"));
    expect([scan("--fail-on", "none", "--bundles", bundles).status, scan("--fail-on", "none", "--strict", "--bundles", bundles).status]).toEqual([0, 2]);
  });
  test.each(["json", "jsonl", "sarif", "junit", "codequality", "table"])("is 2 with the reason in the log where the report is %s in a file", (format) => {
    const report = path.join(folder, "undone.txt");
    const broken = write("log.yaml", "kind: [\n");
    const args = ["--format", format, "-o", report, "--fail-on", "none", fine(), broken];
    const sentence = `${broken}, document 1: It is not YAML: `;
    expect(scan(...args, "--strict")).toEqual({ status: 2, out: "", err: expect.stringContaining(sentence) });
    expect(scan(...args, "/does/not/exist")).toMatchObject({ status: 2, err: expect.stringContaining("/does/not/exist: It does not exist.\n") });
    // JSON lines have no place for it.
    expect(scan(...args)).toEqual({ status: 0, out: "", err: format === "jsonl" ? expect.stringContaining(sentence) : "" });
  });
  test("is 2 with the first reasons alone where there are many, the missing files before all", () => {
    const items = Array.from({ length: 8 }, () => ({ metadata: {} }));
    const list = write("kindless.json", JSON.stringify({ apiVersion: "v1", kind: "List", items }));
    const { status, err } = scan("--format", "json", list, "/does/not/exist");
    const none = `${list}, document 1: It has no kind, so it is not a Kubernetes object.\n`;
    expect({ status, err }).toEqual({
      status: 2,
      err: `/does/not/exist: It does not exist.\n${none.repeat(4)}4 more could not be judged: the report names them.\n`,
    });
  });
  test("is 2 with what reads them for bundles among manifests", () => {
    const file = write("bundles.jsonl", JSON.stringify({ id: "a", objects: [] }));
    expect(scan("--format", "json", file)).toMatchObject({ status: 2, err: expect.stringContaining("but a set of them: --bundles reads those.") });
  });
  test("is 2 with one sentence for a file of bundles that holds none", () => {
    for (const content of ["", "\r\n\n"]) {
      const file = write("none-at-all.jsonl", content);
      expect(scan("--bundles", file)).toEqual({ status: 2, out: "", err: `--bundles: ${file} has no bundle.\n` });
    }
  });
  test.each([
    ["paths", "--format json --all"],
    ["bundles", "--bundles"],
  ])("is never 0 because nobody reads the report of %s to its end", (_, args) => {
    const objects = Array.from({ length: 300 }, (__, i) => deployment({ name: `d${i}`, container: { securityContext: { privileged: true } } }));
    const file = write("many.jsonl", JSON.stringify(args === "--bundles" ? { objects } : { apiVersion: "v1", kind: "List", items: objects }));
    const shell = spawnSync("bash", ["-c", `"${process.execPath}" "${COMMAND}" ${args} "${file}" | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`], {
      encoding: "utf8",
    });
    expect({ out: shell.stdout, err: shell.stderr }).toEqual({ out: "1\n", err: "" });
  });
  test.skipIf(!existsSync("/dev/full"))("is 2, with one sentence, when the report cannot be kept", () => {
    const shell = spawnSync("bash", ["-c", `"${process.execPath}" "${COMMAND}" - >/dev/full`], { encoding: "utf8", input: JSON.stringify(bad) });
    expect({ status: shell.status, err: shell.stderr }).toEqual({ status: 2, err: "The report cannot be written: no space is left.\n" });
  });
});

test("SARIF points at the line of the field, and knows a finding again when its line moves", () => {
  const yaml = "kind: Pod\napiVersion: v1\nmetadata: {name: cart}\nspec:\n  hostPID: true\n  containers: [{name: a, image: nginx}]\n";
  const found = (content: string) => {
    const { runs } = JSON.parse(scan("--format", "sarif", "--only", "host-pid", write("moves.yaml", content)).out) as {
      runs: { results: { locations: { physicalLocation: { region: { startLine: number } } }[]; partialFingerprints: object }[] }[];
    };
    return (runs[0]?.results ?? []).map(({ locations, partialFingerprints }) => ({
      lines: locations.map(({ physicalLocation }) => physicalLocation.region.startLine),
      partialFingerprints,
    }));
  };
  const [before] = found(yaml);
  expect(before?.lines).toEqual([5]);
  expect(found(`# moved\n---\n${yaml}`)).toEqual([{ ...before, lines: [7] }]);
});

describe("--output", () => {
  test("writes the report to a file and nothing to standard output", () => {
    const file = path.join(folder, "report.sarif");
    expect(scan("--format", "sarif", "-o", file, "-")).toEqual({ status: 1, out: "", err: "" });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: "2.1.0" });
  });
  test("says in one sentence why a file cannot be written", () => {
    const file = path.join(folder, "no", "report.json");
    expect(scan("--output", file, "-")).toEqual({ status: 2, out: "", err: `--output: ${file} cannot be written: its folder does not exist.\n` });
  });
});

test("--version tells the catalogue", () => {
  expect(scan("--version")).toMatchObject({ status: 0, out: expect.stringMatching(/^Concentric, catalogue of controls \S+\n$/) });
});

describe("a manifest that speaks to whoever reads its report", () => {
  const name = "::set-output name=a::b";
  const link = "[look](https://evil.example)\n::error::c\u202e";
  const hostile = {
    apiVersion: "apps/v1",
    kind: "::notice::Deployment",
    metadata: { name, namespace: "##[add-mask]d\u009b2J" },
    spec: { template: { spec: { containers: [{ name: link, image: "##vso[task.setvariable variable=e]f", securityContext: { privileged: true } }] } } },
  };
  const file = write("##[error]hostile.json", JSON.stringify(hostile));

  test.each(["table", "json", "jsonl", "sarif", "junit", "codequality"])(
    "gives no command to a runner that reads the log, and none to a terminal, as %s",
    (format) => {
      const { status, out, err } = run(["--format", format, "--all", file, write("##[debug]broken.yaml", "a: [")]);
      expect(status).toBe(1);
      expect(out).toContain("set-output name=a");
      expect(`${out}\n${err}`.split("\n").filter((line) => /^\s*::|##\w*\[/.test(line))).toEqual([]);
      expect(out.match(/(?!\n)\p{Cc}/gu)).toBeNull();
    },
  );

  test("nor by a setting that nobody knows", () => {
    const settings = write("hostile-settings.json", JSON.stringify({ [`x\n${name}`]: true }));
    const { status, err } = run(["--settings", settings, file]);
    expect({ status, err }).toEqual({ status: 2, err: `--settings: ${settings}: unknown setting: x\n\\u003A:set-output name=a::b.\n` });
  });

  test("is read back from JSON as it was written", () => {
    const { results } = JSON.parse(run(["--format", "json", "--only", "container-privileged", file]).out);
    expect(results).toMatchObject([{ resource: { name, namespace: hostile.metadata.namespace }, source: file }]);
  });

  test("makes no link, and hides nothing, in what code scanning and Code Quality show", () => {
    const ofFormat = (format: string) => run(["--format", format, "--only", "container-privileged", file]).out;
    expect(JSON.parse(ofFormat("sarif")).runs[0].results[0].message.text).toContain("[look] (https://evil.example)");
    for (const format of ["sarif", "codequality", "junit"]) expect(ofFormat(format)).not.toContain("\u202e");
  });
});
