import { expect, test } from "vitest";
import { testCommand } from "./testing-command";

const { write, run } = testCommand("code-quality");

interface Entry {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const pod = (name: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - name: c\n      image: nginx\n      securityContext:\n        privileged: true\n`;

const ARGS = ["--only", "container-privileged", "--format"];
const scan = (...args: readonly string[]) => JSON.parse(run([...ARGS, "codequality", ...args]).out) as readonly Entry[];

test("says of each finding what GitLab shows, at the line of its field, and knows it again when that moves", () => {
  const file = write("a.yaml", pod("cart"));
  const [entry, ...others] = scan(file);
  expect(others).toEqual([]);
  expect(entry).toEqual({
    description: "Pod cart: Container c runs privileged.",
    check_name: "container-privileged",
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    severity: "blocker",
    location: { path: file, lines: { begin: 9 } },
  });
  write("a.yaml", `# moved\n---\n${pod("cart")}`);
  expect(scan(file)).toEqual([{ ...entry, location: { path: file, lines: { begin: 11 } } }]);
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(pod("cart"), "utf16le")]);
  expect(scan(write("wide.yaml", wide))[0]?.location.lines.begin).toBe(9);
});

test("tells objects of two API groups apart that share kind and name, as SARIF and JUnit do", () => {
  const template = "{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: nginx, securityContext: {privileged: true}}]}}";
  const both = ["apps/v1", "apps.kruise.io/v1beta1"].map(
    (version) => `apiVersion: ${version}\nkind: StatefulSet\nmetadata: {name: web}\nspec: {selector: {matchLabels: {a: b}}, template: ${template}}\n`,
  );
  const file = write("groups.yaml", both.join("---\n"));
  const marks = scan(file).map(({ fingerprint }) => fingerprint);
  expect([marks.length, new Set(marks).size]).toEqual([2, 2]);
  const sarif = run([...ARGS, "sarif", file]).out.match(/"concentric\/v1": ".*"/g) ?? [];
  expect([sarif.length, new Set(sarif).size]).toEqual([2, 2]);
  const names = run([...ARGS, "junit", file]).out.match(/classname="[^"]*"/g);
  expect(names).toEqual(['classname="StatefulSet.apps default/web"', 'classname="StatefulSet.apps.kruise.io default/web"']);
});

test("leaves out what the baseline knows", () => {
  const file = write("known.yaml", pod("cart"));
  const baseline = write("known.json", run([...ARGS, "json", file]).out);
  write("known.yaml", `${pod("cart")}---\n${pod("other")}`);
  expect(scan("--baseline", baseline, file).map(({ description }) => description)).toEqual(["Pod other: Container c runs privileged."]);
});

test("tells what was not judged, so that nobody takes it for good", () => {
  const file = write("broken.yaml", `kind: [\n---\napiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t}\nspec: {steps: [{name: a, image: b}]}\n`);
  expect(scan(file).map(({ check_name, description }) => [check_name, description])).toEqual([
    ["not-judged", expect.stringMatching(/^Not judged, document 1: It is not YAML: /)],
    ["not-judged", expect.stringMatching(/^Not judged, document 2: The containers of Task t /)],
  ]);
});
