import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { AppError } from "../errors/app-error";
import { deployment, namespace } from "../inventory/testing";
import { parseScanOptions, sayNewerVersion } from "./scan-options";
import { cart, privileged, testCommand } from "./testing-command";

const command = testCommand("reports");
const { folder } = command;
const write = command.writeObjects;
const scan = (...args: readonly string[]) => command.run(args);

describe("a version of Kubernetes", () => {
  test.each(["2.34", "0.9", "1.340", "1.034", "1.34abc", "1.x", "34", "1.34.5.6", " 1.34", ""])("that cannot be is refused: %s", (version) => {
    expect(() => parseScanOptions([`--kube-version=${version}`, "-"])).toThrow(`--kube-version: ${JSON.stringify(version)} is not a version such as "1.34".`);
  });
  test.each(["1.34", "v1.34.5", "1.27+", "v1.35.2-eks-4f1b", "v1.33.1+k3s1", "1.0"])("is taken as servers tell it: %s", (version) => {
    const { kubeVersion } = parseScanOptions(["--kube-version", version, "-"]);
    expect(`v${kubeVersion?.major}.${kubeVersion?.minor}`).toBe(/^v?\d+\.\d+/.exec(version)?.[0].replace(/^v?/, "v"));
    expect(sayNewerVersion(kubeVersion)).toBeNull();
  });
  test("that nobody knows yet is judged, and told", () => {
    const { status, err } = scan("--kube-version", "1.61", "--only", "host-pid", write("new.yaml", cart("a")));
    expect(status).toBe(0);
    expect(err).toMatch(/^--kube-version: v1\.61 is newer than 1\.\d+, the newest version known here, and is judged as that one\.\n$/);
  });
});

test.each([
  [["--bundles", "x.jsonl", "--format", "sarif"], "--bundles answers in JSON lines, not as sarif: leave --format out."],
  [["--bundles", "x.jsonl", "--format", "table"], "--bundles answers in JSON lines, not as table: leave --format out."],
  [["--bundles", "x.jsonl", "y.yaml"], "--bundles takes no other files: y.yaml would not be read."],
  [["--bundles", "x.jsonl", "--baseline", "b.json"], "--bundles knows no --baseline."],
  [["--list-controls", "x.yaml"], "--list-controls judges nothing: leave the files out."],
  [["--list-controls", "--format", "junit"], "--list-controls is written as table or json, not as junit."],
])("what one option would leave undone is refused in one sentence: %j", (args, sentence) => {
  expect(() => parseScanOptions(args)).toThrow(new AppError("bad-request", sentence));
});

test.each([
  [["--bundles", "/does/not/exist"], "--bundles: /does/not/exist does not exist.\n"],
  [["--bundles", "/"], "--bundles: / cannot be read: it is a folder.\n"],
  [["--controls", "/", "-"], "--controls: / cannot be read: it is a folder.\n"],
  [["--baseline", "/does/not/exist", "-"], "--baseline: /does/not/exist does not exist.\n"],
  [["--baseline", "package.json", "-"], "--baseline: package.json is not a report of --format json.\n"],
  [["--baseline", "README.md", "-"], "--baseline: README.md is not a report of --format json.\n"],
])("a file that cannot be read is told in one sentence: %j", (args, sentence) => {
  expect(scan(...args)).toEqual({ status: 2, out: "", err: sentence });
});

test.each(["table", "junit"])("tells of a field of another object whose it is: %s", (format) => {
  const container = { volumeMounts: [{ name: "data", mountPath: "/data" }] };
  const claiming = deployment({ container, podSpec: { volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] } });
  const spec = { hostPath: { path: "/etc" }, claimRef: { namespace: "shop", name: "data" } };
  const disk = { apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "node-etc" }, spec };
  const { out } = scan("--only", "hostpath-sensitive", "--format", format, write("disk.yaml", claiming, disk));
  expect(out.replace(/\s+/g, " ")).toContain("through volume data, writable. PersistentVolume node-etc spec.hostPath.path: /etc");
});

describe("--list-controls", () => {
  test("tells all of each control as JSON, and one line of each as a table", () => {
    const { status, out } = scan("--list-controls", "--format", "json");
    const listed = JSON.parse(out) as { id: string; layer: string; severity: string; title: string; why: string; fix: string; references: string[] }[];
    expect(status).toBe(0);
    expect(listed.length).toBeGreaterThan(150);
    expect(listed.find(({ id }) => id === "container-privileged")).toMatchObject({
      layer: "container",
      severity: "critical",
      title: "Containers do not run privileged",
    });
    const lines = scan("--list-controls").out.trimEnd().split("\n");
    expect(lines).toHaveLength(listed.length);
    expect(lines.find((line) => line.startsWith("container-privileged "))).toMatch(
      /^container-privileged +container +critical +Containers do not run privileged$/,
    );
  });
  test("lists what would be judged", () => {
    const own = path.join(folder, "own.json");
    writeFileSync(own, JSON.stringify([{ id: "no-team", layer: "cluster", severity: "low", message: "No team.", expression: "false" }]));
    const ids = (...args: string[]) => (JSON.parse(scan("--list-controls", "--format", "json", ...args).out) as { id: string }[]).map(({ id }) => id);
    expect(ids("--controls", own, "--only", "no-team,host-pid").sort()).toEqual(["host-pid", "no-team"]);
  });
});

test("SARIF says of each rule why it is there, what to do and where to read on", () => {
  const { runs } = JSON.parse(scan("--format", "sarif", "--only", "container-privileged", write("rule.yaml", cart("a"))).out) as {
    runs: { tool: { driver: { rules: { helpUri: string; help: { text: string; markdown: string }; defaultConfiguration: object }[] } } }[];
  };
  const [rule] = runs[0]?.tool.driver.rules ?? [];
  expect(rule).toMatchObject({ helpUri: "https://kubernetes.io/docs/concepts/security/pod-security-standards/", defaultConfiguration: { level: "error" } });
  expect(rule?.help.text).toMatch(/^A privileged container holds [^\n]+\n\nFix: Set `privileged: false`/);
  expect(rule?.help.markdown).toMatch(
    /^\*\*Why:\*\* A privileged [^\n]+\n\n\*\*Fix:\*\* Set [^\n]+\n\n\*\*See it in a cluster:\*\*\n\n```sh\nkubectl [^`]+```\n\nA container with `true` after its name\. No output: none runs privileged\.\n\n\*\*References:\*\*\n\n- <https:[^>]+>\n- <https:[^>]+>$/,
  );
});

describe("the table", () => {
  test("says where each object stands, and counts one that is given twice as two", () => {
    const first = write("first.yaml", namespace({ name: "shop" }), cart("a"));
    const second = write("second.yaml", cart("a"));
    const { out } = scan("--only", "container-privileged", first, second);
    expect(out).toContain(`Deployment cart  in shop  ${first}:3\n`);
    expect(out).toContain(`Deployment cart  in shop  ${second}:1\n`);
    expect(out).toContain("2 findings on 2 objects: 2 critical\n");
  });
  test("says why most was not assessed, and how much else there is", () => {
    const { out } = scan(write("one.yaml", cart("a")));
    expect(out).toMatch(
      /\nNot assessed: \d+ checks\.\n {2}\d+ controls: Needs the whole cluster: .*\n(?: {2}\d+ controls?: .*\n){2} {2}\d+ other reasons: --all lists them\.\n$/,
    );
  });
  test("names the cluster as a whole as no object, and points to no other format for what it lists", () => {
    const { out } = scan("--all", write("whole.yaml", cart("a")));
    expect(out).toContain("\n\nThe cluster\n");
    expect(out).toMatch(/ {2}\d+ other reasons: listed above\.\n$/);
    const quality = scan("--complete", "--only", "log-pipeline-absent", "--format", "codequality", write("whole.yaml", cart("a"))).out;
    expect(quality).toContain('"description": "The cluster: ');
  });
  test("lists what passes, what does not apply and what was not assessed on demand, after what fails", () => {
    const file = write("all.yaml", deployment({ name: "clean" }), cart("a"));
    const { out } = scan("--all", "--only", "container-privileged,host-pid,netpol-ingress-open", file);
    const lines = out.split("\n").filter((line) => /^ {2}\S/.test(line));
    expect(out).toMatch(/^Deployment cart /);
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^ {2}◆ critical /),
      expect.stringMatching(/^ {2}✓ passes {3}.* host-pid$/),
      expect.stringMatching(/^ {2}\? unknown .* netpol-ingress-open$/),
    ]);
    expect(out).toContain("1 finding on 1 object: 1 critical\n");
    expect(scan("--only", "container-privileged,host-pid", file).out).not.toContain("✓");
  });
  test("marks what another control tells, and what people must look at, as no finding", () => {
    const lines = (...args: string[]) => scan(...args).out.split("\n");
    const told = lines("--all", "--only", "container-privileged,capabilities-not-dropped", write("told.yaml", cart("a")));
    expect(told).toContain("  ↳ covered  Containers drop ALL capabilities  capabilities-not-dropped");
    expect(told).toContain("1 finding on 1 object: 1 critical");
    const metadata = { name: "kube-apiserver-a", namespace: "kube-system", labels: { component: "kube-apiserver" } };
    const command = ["kube-apiserver", "--audit-policy-file=/p", "--audit-webhook-config-file=/w"];
    const apiServer = { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [{ name: "kube-apiserver", image: "a:1", command }] } };
    const looked = lines("--only", "apiserver-audit-retention", write("review.yaml", apiServer));
    expect(looked).toContainEqual(expect.stringMatching(/^ {2}! review {3}/));
    expect(looked).toContain("Nothing fails here.");
  });
  test("says below which severity it tells nothing", () => {
    const low = write("low.yaml", cart("a"));
    expect(scan("--only", "root-fs-writable", "--min-severity", "high", low).out).toBe("Nothing fails here at or above high.\n");
  });
  test("folds nothing where no terminal is", () => {
    const line = scan(write("long.yaml", cart("a")))
      .out.split("\n")
      .find((text) => text.includes("allowPrivilegeEscalation") || text.length > 120);
    expect(line?.length).toBeGreaterThan(100);
  });
});

describe("JSON", () => {
  test("says of each entry in which file, and from which line, its object stands", () => {
    const file = write("places.yaml", namespace({ name: "shop" }), cart("a"));
    for (const format of ["json", "jsonl"]) {
      const { out } = scan("--format", format, "--only", "container-privileged,default-namespace-used", "--all", file);
      expect(out).toMatch(format === "json" ? /"source": ".+places\.yaml",\n {3}"line": 3\n/ : /"source":".+places\.yaml","line":3\}/);
    }
  });
});

test("every format tells one number of findings, of a whole cluster with objects in the namespace default, too", () => {
  const lost = deployment({ name: "lost", namespace: "default" });
  const args = [
    "--complete",
    "--fail-on",
    "info",
    write("numbers.yaml", namespace({ name: "default" }), namespace({ name: "shop" }), cart("a"), cart("b"), lost),
  ];
  const told = (format: string): string => scan("--format", format, ...args).out;
  const fails = (entries: readonly { state: string }[]): number => entries.filter(({ state }) => state === "fail").length;
  const { results, summary } = JSON.parse(told("json")) as { results: { state: string }[]; summary: Record<string, { fail: number }> };
  const lines = told("jsonl").trimEnd().split("\n");
  const { runs } = JSON.parse(told("sarif")) as { runs: { results: unknown[] }[] };
  const numbers = {
    summary: Object.values(summary).reduce((sum, { fail }) => sum + fail, 0),
    json: fails(results),
    jsonl: fails(lines.map((line) => JSON.parse(line) as { state: string })),
    table: Number(/^(\d+) findings on /m.exec(told("table"))?.[1]),
    sarif: runs[0]?.results.length,
    junit: told("junit").match(/<failure /g)?.length ?? 0,
    codequality: (JSON.parse(told("codequality")) as unknown[]).length,
  };
  expect(summary["default-namespace-used"]?.fail).toBe(1);
  expect(new Set(Object.values(numbers)), JSON.stringify(numbers)).toEqual(new Set([numbers.summary]));
});

describe("JUnit", () => {
  const cases = (out: string) =>
    [...out.matchAll(/<testcase ([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs)].map((match) => ({ of: match[1] ?? "", result: match[2] ?? "" }));
  test("is a suite for each object and a test for each control, with the file and the fields", () => {
    const file = write("junit.yaml", cart("a"));
    const { status, out } = scan("--format", "junit", "--only", "container-privileged,host-pid", "--all", file);
    expect(status).toBe(1);
    expect(out).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="Concentric">\n <testsuite name="Deployment shop\/cart" tests="2" failures="1" errors="0" skipped="0">\n/,
    );
    const found = cases(out);
    const failing = found.find(({ of }) => of.includes("container-privileged"));
    expect(failing?.of).toBe(`classname="Deployment shop/cart" name="container-privileged: Containers do not run privileged" file="${file}"`);
    expect(failing?.result).toMatch(
      /^<failure message="critical: [^"]+" type="critical">[^<]+spec\.template\.spec\.containers\[0\]\.securityContext\.privileged: true\n\nSet `privileged: false`[^<]+<\/failure>$/,
    );
    expect(found.find(({ of }) => of.includes("host-pid"))?.result).toBe("");
  });
  test("has no two tests of one name: not for an object that is given twice, nor for rights that an account has in the cluster and in a namespace", () => {
    const account = { kind: "ServiceAccount", name: "ci", namespace: "shop" };
    const rights = ["ClusterRoleBinding", "RoleBinding"].map((kind) => ({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind,
      metadata: { name: "ci", ...(kind === "RoleBinding" && { namespace: "shop" }) },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "reader" },
      subjects: [account],
    }));
    const role = {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "reader" },
      rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get", "list"] }],
    };
    const only = ["--only", "container-privileged,rbac-secrets-read"];
    const { out } = scan("--format", "junit", ...only, write("names.yaml", cart("a"), cart("b"), role, ...rights));
    expect(cases(out).map(({ of }) => /^classname="(.*?)" name="[^:]*: [^"(]*(.*?)"/.exec(of)?.slice(1))).toEqual([
      ["ServiceAccount shop/ci", "(by rights in the whole cluster)"],
      ["ServiceAccount shop/ci", "(by rights in namespaces)"],
      ["Deployment shop/cart", ""],
      ["Deployment shop/cart", "(copy 2)"],
    ]);
  });
  test("passes nothing that fails or was not assessed: what does not count is skipped, with the reason", () => {
    const { status, out } = scan(
      "--format",
      "junit",
      "--only",
      "container-privileged,netpol-ingress-open",
      "--fail-on",
      "none",
      write("skipped.yaml", cart("a")),
    );
    expect(status).toBe(0);
    expect(cases(out).map(({ result }) => result.replace(/message="([^"]{0,40})[^"]*"/, "$1"))).toEqual(
      expect.arrayContaining(["<skipped Fails, but does not count (critical): Co/>", expect.stringMatching(/^<skipped Not assessed: /)]),
    );
    expect(out).not.toContain("<failure");
  });
  test("tells of files that could not be read, and holds any text", () => {
    const broken = path.join(folder, 'broken <&">.yaml');
    writeFileSync(broken, "kind: [");
    const odd = deployment({ metadata: { name: 'a\u0001]]><b>&"', namespace: "shop" }, podSpec: { containers: [privileged("a")] } });
    const { out } = scan("--format", "junit", "--only", "container-privileged", write("odd.yaml", odd), broken);
    expect(out).toContain('<testsuite name="Files" tests="1" failures="0" errors="1" skipped="0">');
    expect(out).toContain(`file="${folder}/broken &lt;&amp;&quot;&gt;.yaml"><error message="It is not YAML: `);
    expect(out).toContain('name="Deployment shop/a\\u0001]]&gt;&lt;b&gt;&amp;&quot;"');
  });
});
