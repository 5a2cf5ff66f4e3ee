import path from "node:path";
import { describe, expect, test } from "vitest";
import { clusterRole, clusterRoleBinding, deployment, namespace, networkPolicy, serviceAccount } from "../inventory/testing";
import { type JsonRecord, record } from "../model/json";
import type { ResourceRef } from "../model/resource-ref";
import type { Evidence } from "../model/verdict";
import { testCommand } from "./testing-command";

const { write, run } = testCommand("scan");
const bad = deployment({ name: "cart", container: { securityContext: { privileged: true } } });

const scan = (args: readonly string[], input?: string) => run(args, input === undefined ? {} : { input });

describe("the command line", () => {
  test("judges what comes on standard input, and exits 1 at the severity that it was told", () => {
    const report = scan(["--format", "json", "-"], JSON.stringify(bad));
    const { results, summary } = JSON.parse(report.out) as {
      results: { control: string; state: string; evidence: { path: string }[] }[];
      summary: Record<string, Record<string, number>>;
    };
    expect(report.status).toBe(1);
    expect(results.find((r) => r.control === "container-privileged")).toMatchObject({
      state: "fail",
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.privileged" }],
    });
    expect(summary["container-privileged"]?.fail).toBe(1);
    expect(results.some((r) => r.state === "pass")).toBe(false);
    expect(scan(["--format", "json", "--all", "-"], JSON.stringify(bad)).out).toContain('"state": "pass"');
  });
  test("tells how many objects there are besides those that it names, also where evidence was cut", () => {
    const accounts = Array.from({ length: 60 }, (_, i) => serviceAccount({ namespace: "default", name: `a${i}` }));
    expect(scan(["-"], [namespace({ name: "default" }), ...accounts].map((object) => JSON.stringify(object)).join("\n---\n")).out).toContain(
      "             and 56 more",
    );
  });
  test("says whose containers it has not judged, as steps are that no template shows", () => {
    const container = { image: "app:1", securityContext: { privileged: true } };
    const metadata = { name: "build", namespace: "shop" };
    const workflow = { apiVersion: "argoproj.io/v1alpha1", kind: "Workflow", metadata, spec: { templates: [{ name: "a", container }] } };
    const list = {
      apiVersion: "v1",
      kind: "List",
      items: [{ apiVersion: "tekton.dev/v1", kind: "Task", metadata, spec: { steps: [{ name: "a", ...container }] } }],
    };
    const spec = { image: "prometheus:v3.7.0", serviceAccountName: "prometheus-k8s" };
    const operated = { apiVersion: "monitoring.coreos.com/v1", kind: "Prometheus", metadata, spec };
    const spark = { apiVersion: "sparkoperator.k8s.io/v1beta2", kind: "SparkApplication", metadata, spec: { image: "spark:4.0.0", driver: { cores: 1 } } };
    const crd = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "x" }, spec: { names: { kind: "X" } } };
    const pod = { apiVersion: "v1", kind: "Pod", metadata, spec: { containers: [{ name: "a", ...container }] } };
    const packed = { apiVersion: "kubernetes.crossplane.io/v1alpha2", kind: "Object", metadata, spec: { forProvider: { manifest: pod } } };
    const input = [bad, workflow, list, crd, operated, packed, spark].map((object) => JSON.stringify(object)).join("\n---\n");
    const { notJudged, errors } = JSON.parse(scan(["--format", "json", "-"], input).out) as { notJudged: object[]; errors: unknown[] };
    const sentence = (who: string) => `The containers of ${who} were not judged: its manifest does not show the pods that they will run in.`;
    expect(notJudged).toEqual([
      { source: "-", document: 2, message: sentence("Workflow build") },
      { source: "-", document: 3, message: sentence("Task build") },
      { source: "-", document: 5, message: sentence("Prometheus build") },
      { source: "-", document: 6, message: sentence("Object build") },
      { source: "-", document: 7, message: sentence("SparkApplication build") },
    ]);
    expect(errors).toEqual([]);
    const alone = scan(["-"], JSON.stringify(workflow));
    expect([alone.out, alone.status]).toEqual([`Nothing could be judged.\nNot judged: -, document 1. ${sentence("Workflow build")}\n`, 2]);
    expect(scan(["-"], input).out).toContain(`Not judged: -, document 2. ${sentence("Workflow build")}`);
    expect(scan(["--format", "sarif", "-"], JSON.stringify(workflow)).out).toContain(sentence("Workflow build"));
    expect(scan(["--format", "jsonl", "-"], JSON.stringify(workflow)).err).toContain(sentence("Workflow build"));
    const bundle = scan(["--bundles", "-"], JSON.stringify({ id: "a", objects: [workflow] }));
    expect([bundle.out, bundle.status]).toEqual([expect.stringContaining(sentence("Workflow build")), 2]);
  });
  test("reads on below a banner, and takes a file of nothing but comments for empty", () => {
    const banner = `${"#".repeat(200)}\n# ${"#".repeat(60)} owned by the shop ${"#".repeat(60)}\n${"%".repeat(80)}`;
    const comments = `${banner}\n...\n`;
    const report = scan(["--format", "json", "-"], `${banner.replaceAll("%", "#")}\n${JSON.stringify(bad)}\n---\n${comments}`);
    const { results, errors } = JSON.parse(report.out) as { results: { control: string }[]; errors: unknown[] };
    expect(results.some((r) => r.control === "container-privileged")).toBe(true);
    expect(errors).toEqual([]);
  });
  test("does not leave a finding to a control that was left out", () => {
    const allowsAll = { ...networkPolicy({ namespace: "shop" }), spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] } };
    const input = [namespace({ name: "shop" }), allowsAll, deployment({ name: "cart", namespace: "shop" })]
      .map((object) => JSON.stringify(object))
      .join("\n---\n");
    const open = (...args: readonly string[]) => {
      const { out, status } = scan(["--format", "json", "--complete", "--all", ...args, "-"], input);
      const { results } = JSON.parse(out) as { results: { control: string; state: string }[] };
      return [results.find(({ control }) => control === "netpol-ingress-open")?.state, status];
    };
    expect(open("--only", "netpol-ingress-open,netpol-allow-all")).toEqual(["subsumed", 1]);
    expect(open("--only", "netpol-ingress-open")).toEqual(["fail", 1]);
    expect(open("--skip", "netpol-allow-all")).toEqual(["fail", 1]);
  });
  test("exits 0 when nothing is as bad as --fail-on", () => {
    expect(scan(["--fail-on", "critical", "-"], JSON.stringify(deployment({ name: "fine" }))).status).toBe(0);
  });
  test("does not conclude from absence unless the manifests are complete", () => {
    const state = (args: readonly string[]) => {
      const { results } = JSON.parse(scan(["--format", "json", "--all", ...args, "-"], JSON.stringify(bad)).out) as {
        results: { control: string; state: string; reason?: string }[];
      };
      return results.find((r) => r.control === "netpol-ingress-open");
    };
    expect(state([])).toMatchObject({ state: "unknown", reason: expect.stringContaining("whole cluster") });
    expect(state(["--complete"])?.state).toBe("fail");
  });
  test("judges the rest when a document cannot be read, and says which one", () => {
    const file = write("mixed.yaml", `${JSON.stringify(bad)}\n---\nkind: [\n---\njust text\n---\n${JSON.stringify(clusterRole({ name: "r" }))}\n`);
    const { results, errors } = JSON.parse(scan(["--format", "json", file]).out) as { results: unknown[]; errors: { document: number; message: string }[] };
    expect(errors.map((e) => e.document)).toEqual([2, 3]);
    expect(results.length).toBeGreaterThan(0);
  });
  test("reads YAML as kubectl does: yes is true, a list gives its items, anchors are followed", () => {
    const file = write(
      "list.yaml",
      "kind: List\napiVersion: v1\nitems:\n- kind: Pod\n  apiVersion: v1\n  metadata: {name: p}\n  spec: {hostPID: yes, containers: [&c {name: a, image: b}]}\n",
    );
    const { results } = JSON.parse(scan(["--format", "json", file]).out) as { results: { control: string; resource: { name: string } }[] };
    expect(results.find((r) => r.control === "host-pid")?.resource.name).toBe("p");
  });
  test.each([
    [
      "an alias bomb",
      `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefgh"
        .split("")
        .map((l, i) => `${l}: &${l} [${Array(9).fill(`*${"abcdefg"[i]}`).join(",")}]`)
        .join("\n")}\nkind: Pod\n`,
      /two million/,
    ],
    ["text that is not UTF-8", new Uint8Array([0xff, 0x00, 0x41]), /UTF-8/],
    ["broken YAML", "kind: Pod\nspec: [", /not YAML/],
    ["YAML without bottom", `kind: Pod\nspec: ${"{a: ".repeat(5_000)}1${"}".repeat(5_000)}`, /nested deeper than 200 levels\./],
    ["lists of lists", `${"[".repeat(50_000)}${"]".repeat(50_000)}`, /nested more than 100 deep\./],
    ["a plain scalar", "hello", /not a Kubernetes object/],
  ])("says in one sentence what is wrong with %s, and exits 2", (_, content, words) => {
    const report = scan([write("odd.yaml", content)]);
    expect(report.status).toBe(2);
    expect(report.out).toMatch(words);
    expect(report.out + report.err).not.toMatch(/\n\s+at /);
  });
  test.each([
    [[], /at least one file/],
    [["--nope"], /Unknown option/],
    [["--format", "xml", "-"], /xml/],
    [["--kube-version", "new", "-"], /new/],
    [["/does/not/exist"], /does not exist/],
    [["-n", "Shop", "-"], /^namespace: "Shop" is not a namespace name: [^\n]+\n$/],
    [["--namespace", "", "-"], /^namespace: "" is not a namespace name/],
    [["--namespace", "shop-", "-"], /^namespace: "shop-" is not a namespace name/],
    [["--namespace", "x".repeat(64), "-"], /is not a namespace name/],
  ])("refuses %j with one sentence", (args, words) => {
    const report = scan(args, "");
    expect(report.status).toBe(2);
    expect(report.out + report.err).toMatch(words);
  });
  test("names what lies in the namespace default in bundles alone, as a part of the finding of the namespace", () => {
    const lost = deployment({ name: "lost", namespace: "default" });
    const only = ["--complete", "--only", "default-namespace-used"];
    interface Results {
      readonly results: { state: string; resource: ResourceRef; evidence: Evidence[]; partOf?: ResourceRef }[];
    }
    const { results } = JSON.parse(scan([...only, "--bundles", "-"], `${JSON.stringify({ objects: [lost] })}\n`).out) as Results;
    const [own, part] = results;
    expect(results.map(({ state, resource }) => `${state} ${resource.kind} ${resource.name}`)).toEqual(["fail Namespace default", "fail Deployment lost"]);
    expect([own?.partOf, part?.partOf, part?.evidence.length]).toEqual([undefined, own?.resource, 1]);
    const crowd = Array.from({ length: 60 }, (_, at) => deployment({ name: `lost-${at}`, namespace: "default" }));
    const all = JSON.parse(scan([...only, "--bundles", "-"], `${JSON.stringify({ objects: crowd })}\n`).out) as Results;
    expect([all.results[0]?.evidence.length, all.results.filter(({ partOf }) => partOf).length]).toEqual([51, 60]);
    const report = JSON.parse(scan([...only, "--format", "json", "-"], JSON.stringify(lost)).out) as Results;
    expect(report.results.map(({ resource, evidence }) => [resource.name, evidence[0]?.object?.name])).toEqual([["default", "lost"]]);
  });
  describe("objects that name no namespace", () => {
    const unplaced = (object: JsonRecord) => ({ ...object, metadata: { ...record(object.metadata), namespace: undefined } });
    const binding = clusterRoleBinding({ name: "reads", subjects: [{ kind: "ServiceAccount", name: "app", namespace: "shop" }] });
    const objects = [unplaced(serviceAccount({ name: "app" })), clusterRole({ name: "app" }), binding, unplaced(bad)];
    const list = { apiVersion: "v1", kind: "List", items: objects };
    const dangles = (r: { control: string; state: string }) => r.control === "rbac-dangling-binding" && r.state === "fail";
    const inDefault = (r: { control: string; state: string }) => r.control === "default-namespace-used" && r.state === "fail";
    interface Result {
      readonly control: string;
      readonly state: string;
      readonly resource: { readonly kind: string; readonly name: string; readonly namespace: string | null };
    }
    const judged = (...args: readonly string[]) =>
      (JSON.parse(scan(["--complete", "--format", "json", ...args, "-"], JSON.stringify(list)).out) as { results: Result[] }).results;

    test("are in default, where the account that a binding means is not", () => {
      expect(judged().some(dangles)).toBe(true);
      expect(judged().some(inDefault)).toBe(true);
    });
    test.each([["--namespace"], ["-n"]])("are where %s says", (option) => {
      const results = judged(option, "shop");
      expect(results.filter((r) => dangles(r) || inDefault(r))).toEqual([]);
      expect(results.find((r) => r.control === "container-privileged")?.resource).toMatchObject({ name: "cart", namespace: "shop" });
    });
    test("stay out of that namespace when they name another or are in none", () => {
      const other = deployment({ name: "far", namespace: "far", container: { securityContext: { privileged: true } } });
      const given = JSON.stringify([other, clusterRole({ name: "all", rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }] })]);
      const { results } = JSON.parse(scan(["-n", "shop", "--format", "json", "-"], given).out) as { results: Result[] };
      expect(results.find((r) => r.control === "container-privileged")?.resource.namespace).toBe("far");
      expect(results.find((r) => r.control === "rbac-wildcard-rule")?.resource.namespace).toBeNull();
    });
    test("belong to a namespace that is there, also where no manifest lists it", () => {
      const kinds = judged("-n", "shop").filter((r) => r.resource.kind === "Namespace");
      expect(new Set(kinds.map((r) => r.resource.name))).toEqual(new Set(["shop"]));
    });
    test("are found in SARIF at their lines", () => {
      const report = scan(["-n", "shop", "--format", "sarif", write("unplaced.yaml", `# one\n---\n${JSON.stringify(unplaced(bad))}\n`)]);
      expect(report.out).toContain('"startLine": 3');
    });
    test("are where a bundle says, before the option", () => {
      const lines = [{ objects: [list], namespace: "shop" }, { objects: [list] }, { objects: [list], namespace: "Shop" }, { objects: [list], namespace: 1 }];
      const file = write("placed.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
      const run = scan(["--complete", "-n", "elsewhere", "--bundles", file]);
      const answers = run.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { results: Result[]; errors: { message: string }[] });
      expect(answers.map(({ results }) => results.some(dangles))).toEqual([false, true, false, false]);
      expect(answers[1]?.results.find((r) => r.control === "container-privileged")?.resource.namespace).toBe("elsewhere");
      expect(answers.map(({ errors }) => errors.map((e) => e.message.split(":", 2).join(":")))).toEqual([
        [],
        [],
        ['namespace: "Shop" is not a namespace name'],
        ["namespace: 1 is not a namespace name"],
      ]);
    });
  });
  test("answers bundles line by line, in order, whatever is in them, and blank lines not at all", () => {
    const lines = [
      JSON.stringify({
        id: "one",
        objects: [bad],
        complete: true,
        questions: [{ kind: "access", user: "ann", verb: "get", resource: "pods" }, { kind: "nonsense" }],
      }),
      "not json",
      " ",
      JSON.stringify({ id: "three", objects: "none" }),
      JSON.stringify({ id: 4, objects: [networkPolicy({ name: "n" })] }),
    ];
    const report = scan(["--bundles", write("bundles.jsonl", `${lines.join("\n")}\n`), "--format", "jsonl"]);
    const answers = report.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: unknown; errors: unknown[]; answers?: { allowed: boolean | null }[] });
    expect(answers.map((a) => a.id)).toEqual(["one", null, "three", 4]);
    expect(answers[0]?.answers?.map((a) => a.allowed)).toEqual([false, null]);
    expect(answers.map((a) => a.errors.length)).toEqual([0, 1, 1, 0]);
    expect(report.status).toBe(1);
  });
  test.each([
    [1, "something is as bad as --fail-on", "high", [JSON.stringify({ objects: [bad] }), "not json"]],
    [0, "nothing is", "critical", [JSON.stringify({ objects: [deployment({ name: "fine" })] })]],
    [2, "no line can be judged", "low", ["not json", "[]", JSON.stringify({ objects: [] }), JSON.stringify({ objects: [{}] })]],
  ] as const)("exits %i when of all bundles %s", (status, _, failOn, lines) => {
    expect(scan(["--fail-on", failOn, "--bundles", write("exit.jsonl", lines.join("\n"))]).status).toBe(status);
  });
  test("takes a line separator inside a text for part of the bundle, and says which line is not UTF-8", () => {
    const line = (id: string) => Buffer.from(JSON.stringify({ id, objects: [bad] }));
    const file = write("odd.jsonl", Buffer.concat([line("a\u2028b\u0085c"), Buffer.from("\n"), Buffer.from([0x22, 0xff, 0x22, 0x0a]), line("last")]));
    const answers = scan(["--bundles", file])
      .out.trim()
      .split("\n")
      .map((answer) => JSON.parse(answer) as { id: unknown; errors: { message: string }[] });
    expect(answers.map(({ id }) => id)).toEqual(["a\u2028b\u0085c", null, "last"]);
    expect(answers.flatMap(({ errors }) => errors.map((e) => e.message))).toEqual(["The line is not UTF-8 text."]);
  });
  test("answers the other bundles where one has an id that is nested too deep to be written", () => {
    const deep = `{"id":${"[".repeat(200_000)}${"]".repeat(200_000)},"objects":[]}`;
    const report = scan(["--bundles", "-"], [deep, JSON.stringify({ id: "next", objects: [] })].join("\n"));
    const answers = report.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: unknown; errors: { message: string }[] });
    expect(answers.map(({ id }) => id)).toEqual([null, "next"]);
    expect(answers.map(({ errors }) => errors.map(({ message }) => message.split(":")[0]))).toEqual([["The answer could not be written"], []]);
  });
  test("judges no bundle by a version, or by a completeness, that it did not understand", () => {
    const lines = [{ kubeVersion: 1.34 }, { kubeVersion: "new" }, { complete: "yes" }, { kubeVersion: null, complete: null, namespace: null }];
    const file = write("settings.jsonl", lines.map((line) => JSON.stringify({ objects: [bad], ...line })).join("\n"));
    const answers = scan(["--bundles", file])
      .out.trim()
      .split("\n")
      .map((answer) => JSON.parse(answer) as { results: unknown[]; errors: { message: string }[] });
    expect(answers.map(({ results }) => results.length > 0)).toEqual([false, false, false, true]);
    expect(answers.flatMap(({ errors }) => errors.map((e) => e.message))).toEqual([
      'kubeVersion: 1.34 is not a version such as "1.34".',
      'kubeVersion: "new" is not a version such as "1.34".',
      'complete: "yes" is neither true nor false.',
    ]);
  });
  test("judges the lines of JSON around one that cannot be read", () => {
    const other = deployment({ name: "other", container: { securityContext: { privileged: true } } });
    const file = write("stream.jsonl", `${JSON.stringify(bad)}\n{"kind": "Pod",\n${JSON.stringify(other, null, 2)}\n`);
    const { results, errors } = JSON.parse(scan(["--format", "json", file]).out) as {
      results: { control: string; resource: { name: string } }[];
      errors: { document: number }[];
    };
    expect(results.filter((r) => r.control === "container-privileged").map((r) => r.resource.name)).toEqual(["cart", "other"]);
    expect(errors.map((e) => e.document)).toEqual([2]);
  });
  test("says of a path that it holds nothing to judge", () => {
    const report = scan([write("empty.yaml", "# nothing\n---\n")]);
    expect(report.status).toBe(2);
    expect(report.out).toMatch(/^Nothing could be judged\.\nNot read: \S+empty\.yaml\. It has no Kubernetes object\.\n$/);
  });
  test("writes SARIF with a rule and a place for each finding", () => {
    const file = write("place.yaml", `# one\n---\n${JSON.stringify(bad)}\n`);
    const { runs } = JSON.parse(scan(["--format", "sarif", file]).out) as {
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[] }[];
      }[];
    };
    const found = runs[0]?.results.find((r) => r.ruleId === "container-privileged");
    expect(found?.locations[0]?.physicalLocation).toEqual({ artifactLocation: { uri: file }, region: { startLine: 3 } });
    expect(runs[0]?.tool.driver.rules.map((r) => r.id)).toContain("container-privileged");
  });
  test("places an object that is given twice at each of its copies, and names the other", () => {
    const twice = [
      write("first.yaml", `# a\n---\n${JSON.stringify(bad)}\n`),
      write("second.yaml", JSON.stringify(bad)),
      write("good.yaml", JSON.stringify(deployment({ name: "cart" }))),
    ];
    const placesOf = (args: readonly string[]) => {
      const { runs } = JSON.parse(scan(["--format", "sarif", ...args, ...twice]).out) as {
        runs: { results: { ruleId: string; locations: JsonRecord[]; relatedLocations?: JsonRecord[]; partialFingerprints: JsonRecord }[] }[];
      };
      const found = (runs[0]?.results ?? []).filter(({ ruleId }) => ruleId === "container-privileged");
      const at = ({ physicalLocation }: JsonRecord) => {
        const { artifactLocation, region } = record(physicalLocation);
        return `${path.basename(String(record(artifactLocation).uri))}:${String(record(region).startLine)}`;
      };
      expect(new Set(found.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(found.length);
      return found.map(({ locations, relatedLocations = [] }) => [...locations.map(at), ...relatedLocations.map(at)]);
    };
    expect(placesOf([])).toEqual([
      ["first.yaml:3", "second.yaml:1", "good.yaml:1"],
      ["second.yaml:1", "first.yaml:3", "good.yaml:1"],
    ]);
    expect(placesOf(["--complete"])).toEqual([]);
  });
  test("names files in SARIF by references that a space or a # does not end", () => {
    const report = scan(["--format", "sarif", write("a b#1.yaml", JSON.stringify(bad))]);
    expect(report.out).toContain('/a%20b%231.yaml"');
    expect(report.out).not.toContain("a b#1.yaml");
  });
});
