import { chmodSync, linkSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readManifests } from "./read-manifests";
import { testCommand } from "./testing-command";

const { folder, write, run } = testCommand("read-manifests");

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers: [{name: c, image: nginx}]\n`;

const ALL = { foundAll: true, leftChart: false };

/** Names of what was read, and by file what was not. */
function read(...paths: readonly string[]) {
  const { documents, errors, ...found } = readManifests(paths.map((name) => path.join(folder, name)));
  const names = documents.map(({ object }) => (object.metadata as { name: string }).name);
  return { names, errors: errors.map(({ source, message }) => `${path.relative(folder, source)}: ${message}`), ...found };
}

describe("a folder", () => {
  test("is read around what cannot be read, and around links in a circle", () => {
    for (const name of ["a", "z"]) write(`links/${name}.yaml`, pod(name));
    symlinkSync("m.yaml", path.join(folder, "links/m.yaml"));
    symlinkSync("..", path.join(folder, "links/up"));
    symlinkSync("nowhere", path.join(folder, "links/n.yaml"));
    expect(read("links")).toEqual({
      names: ["a", "z"],
      errors: ["links/m.yaml: It cannot be read: its links lead in a circle.", "links/n.yaml: It does not exist."],
      ...ALL,
    });
  });
  test.skipIf(process.getuid?.() === 0)("is read around a folder that may not be read", () => {
    for (const name of ["shut/a", "shut/b/b", "shut/c"]) write(`${name}.yaml`, pod(path.basename(name)));
    chmodSync(path.join(folder, "shut/b"), 0);
    const { names, errors } = read("shut");
    chmodSync(path.join(folder, "shut/b"), 0o755);
    expect([names, errors]).toEqual([["a", "c"], ["shut/b: It cannot be read: permission denied."]]);
  });
  test("is read whatever the case of an ending, but for hidden files and packages of Node", () => {
    for (const name of ["B.YAML", "a.Yml", ".hidden.yaml", "node_modules/c.yaml"]) write(`case/${name}`, pod(path.parse(name).name.toLowerCase()));
    expect(read("case")).toEqual({ names: ["b", "a"], errors: [], ...ALL });
  });
  test("without any file of manifests says which are", () => {
    write("none/pod", pod("p"));
    expect(read("none").errors).toEqual(["none: It has no file that ends in .yaml, .yml, .json, .jsonl or .ndjson."]);
    write("empty/a.yaml", "# nothing\n");
    expect(read("empty").errors).toEqual(["empty: It has no Kubernetes object."]);
  });
  test("is read around a chart, whose templates are no objects", () => {
    for (const name of ["Chart.yaml", "values.yaml", "values-prod.yaml", "values.schema.json"]) write(`repo/chart/${name}`, "a: 1\n");
    write("repo/chart/templates/a.yaml", pod("template"));
    write("repo/chart/charts/sub/templates/a.yaml", pod("template"));
    write("repo/chart/crds/a.yaml", pod("crd"));
    write("repo/b.yaml", pod("b"));
    const said = "repo/chart: It is a Helm chart, whose templates are not objects yet: scan the output of helm template.";
    expect(read("repo")).toEqual({ names: ["b", "crd"], errors: [said], ...ALL });
    expect(read("repo/chart")).toMatchObject({ foundAll: true, leftChart: true });
  });
  test("that is a chart decides the exit code where nothing else fails: it cannot pass", () => {
    const root = pod("root").replace("image: nginx", "image: nginx, securityContext: {privileged: true}");
    const chart = path.dirname(write("exit/chart/Chart.yaml", "name: c\n"));
    write("exit/chart/templates/a.yaml", "{{ .Values.a }}\n");
    const only = ["--only", "container-privileged"];
    expect(run([...only, chart, write("exit/bad.yaml", root)]).status).toBe(1);
    expect(run([...only, chart, write("exit/good.yaml", pod("good"))]).status).toBe(2);
    expect(run([...only, "--strict", chart, path.join(folder, "exit/bad.yaml")]).status).toBe(2);
    expect(run([...only, chart]).status).toBe(2);
  });
  test("is read around what a kustomization puts into others", () => {
    const patches = "patches: [{path: patches/p.yaml}, {target: {kind: Pod}, patch: '[]'}]\npatchesStrategicMerge: [./s.yaml]\n";
    write("kust/kustomization.yaml", `resources: [a.yaml]\n${patches}configMapGenerator: [{name: c, files: [rules=rules.yaml]}]\n`);
    for (const name of ["patches/p", "s", "rules", "a"]) write(`kust/${name}.yaml`, pod(path.basename(name)));
    const part = "It is a component of a kustomization, not an object by itself: scan the output of kubectl kustomize.";
    const whole = "It is a build file, not a cluster object: scan the output of kubectl kustomize.";
    const errors = [`kust/kustomization.yaml: ${whole}`, `kust/patches/p.yaml: ${part}`, `kust/rules.yaml: ${part}`, `kust/s.yaml: ${part}`];
    expect(read("kust")).toEqual({ names: ["a"], errors, ...ALL });
    expect(read("kust/kustomization.yaml").errors).toEqual([`kust/kustomization.yaml: ${whole}`]);
    write("broken/kustomization.yaml", "patches: [\n");
    write("broken/a.yaml", pod("a"));
    expect(read("broken")).toEqual({ names: ["a"], errors: [`broken/kustomization.yaml: ${whole}`], ...ALL });
  });
});

test("a file is read once, by whatever names and links", () => {
  const file = write("twice/a.yaml", pod("a"));
  linkSync(file, path.join(folder, "twice/b.yaml"));
  mkdirSync(path.join(folder, "twice/c"));
  symlinkSync("../a.yaml", path.join(folder, "twice/c/c.yaml"));
  expect(read("twice", "twice/a.yaml", "twice/c", "twice")).toEqual({ names: ["a"], errors: [], ...ALL });
});

describe.skipIf(process.platform === "win32")("standard input", () => {
  test("is read once, by each of its names", () => {
    const { out, status } = run(["--only", "container-privileged", "--strict", "-", "-", "/dev/stdin"], { input: pod("p") });
    expect([status, out]).toEqual([0, "Nothing fails here.\n"]);
  });
});

describe("the report", () => {
  const scan = (...args: readonly string[]) => run(["--only", "container-privileged", ...args]);
  test("never takes the place of what it is made of", () => {
    const file = write("over/a.yaml", pod("a"));
    const settings = write("over/settings.yaml", "requireCpuLimit: true\n");
    const said = `--output: ${file} has objects to judge, which the report would overwrite.\n`;
    for (const named of [file, path.dirname(file)]) expect(scan("-o", file, named)).toEqual({ status: 2, out: "", err: said });
    const { err } = scan("-o", settings, "--settings", settings, file);
    expect(err).toBe(`--output: ${settings} is an input, which the report would overwrite.\n`);
    expect(scan(file).status).toBe(0);
    expect(scan("--settings", settings, "--strict", path.dirname(file)).status).toBe(0);
  });
  test("of an earlier run that lies among the manifests is none of them, and may be the baseline and the new one in one", () => {
    const file = path.join(path.dirname(write("earlier/a.yaml", pod("a"))), "known.json");
    const args = ["--strict", "--format", "json", "-o", file, path.dirname(file)];
    expect([scan(...args).status, scan(...args).status, scan("--baseline", file, ...args).status]).toEqual([0, 0, 0]);
    expect(scan("--strict", path.dirname(file)).status).toBe(2);
  });
  test("does not say that nothing fails where no control asks about what is here", () => {
    const map = JSON.stringify({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { a: "b" } });
    expect(scan(write("unasked/a.yaml", map))).toMatchObject({ out: "No control asks about anything here.\n", status: 0 });
  });
  test("goes to standard output by the name of -", () => {
    expect(scan("-o", "-", write("dash/a.yaml", pod("a"))).out).toBe("Nothing fails here.\n");
  });
  test.each([
    [["-o", "", "a.yaml"], "--output: the name of a file is empty.\n"],
    [["--settings", "", "a.yaml"], "--settings: the name of a file is empty.\n"],
    [["a.yaml", ""], "The name of a file to judge is empty.\n"],
  ])("is not begun where a name is empty: %j", (args, err) => {
    expect(run(args)).toEqual({ status: 2, out: "", err });
  });
});

test("a baseline is read as another shell wrote it", () => {
  const file = write("baseline/a.yaml", pod("a"));
  const report = run(["--format", "json", file]).out;
  const baseline = write("baseline/known.json", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(report, "utf16le")]));
  expect(run(["--baseline", baseline, file]).status).toBe(0);
});
