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
