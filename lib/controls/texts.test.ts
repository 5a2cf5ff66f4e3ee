import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { fillCommand } from "../format/fill-command";
import { listControls } from "./registry";

const commands = listControls().map(({ id, verify }) => [id, verify] as const);
const hasTool = (tool: string): boolean => spawnSync(tool, ["--version"]).status === 0;

/** The programs of jq in a command, in its single quotes. */
const programsOf = (verify: string): string[] => [...verify.matchAll(/\bjq (?:-r )?'([^']*)'/g)].map(([, program]) => program ?? "");

describe("the command that shows the state of a control", () => {
  it("is one that a shell takes", ({ skip }) => {
    if (!hasTool("bash")) skip("bash is not installed.");
    const { stderr } = spawnSync("bash", ["-n"], { input: commands.map(([, verify]) => verify).join("\n"), encoding: "utf8" });
    expect(stderr).toBe("");
  });

  it("takes whatever an object is called for a word, and runs none of it", ({ skip }) => {
    if (!hasTool("bash")) skip("bash is not installed.");
    // Each runs `echo` if it gets out of its quotes; the second and third also hold what commands leave room by.
    const names = ["; echo ran;", "NAME NODE' POD;echo ran;'", "x --as=USER;echo ran;", "$(echo ran >&3)`echo ran >&3`", "\\'\n\u001b[201~echo ran\n#"];
    const filled = commands.flatMap(([, verify]) =>
      names.flatMap((name) =>
        ["User", "Group", "ServiceAccount", "ClusterRole", "Node", "Pod", "Namespace", "Deployment"].map((kind) =>
          fillCommand(verify, { apiVersion: "v1", kind, namespace: kind === "Namespace" ? null : name, name }),
        ),
      ),
    );
    expect(filled.filter((command) => command.includes("\u001b"))).toEqual([]);
    // Nothing that commands call is there: what runs is the shell alone.
    const { stdout, status } = spawnSync("bash", { input: `PATH=; exec 3>&1 2>&-\n${[...new Set(filled)].join("\n")}\nexit 0`, encoding: "utf8" });
    expect([stdout, status]).toEqual(["", 0]);
  });

  it("gives jq a program that it compiles, and that survives an empty list", ({ skip }) => {
    if (!hasTool("jq")) skip("jq is not installed.");
    const programs = commands.flatMap(([, verify]) => programsOf(verify));
    expect(programs.length).toBeGreaterThan(10);
    // All in one process: a line of it is a program.
    const all = programs.map((program, at) => `def p${at}: (${program});`).join("\n");
    const { stderr } = spawnSync("jq", [`${all}\n${programs.map((_, at) => `p${at}`).join(", ")}`], { input: '{"items":[]}', encoding: "utf8" });
    expect(stderr).toBe("");
  });

  it("asks a kubelet for the fields that are judged, not for all of its settings", () => {
    const asks = commands.filter(([, verify]) => verify.includes("/configz"));
    expect(asks.length).toBeGreaterThan(10);
    expect(asks.filter(([, verify]) => programsOf(verify).every((program) => !/^\.kubeletconfig(?:\.\w| \| \{\w)/.test(program)))).toEqual([]);
  });

  it("names subresources as kubectl auth can-i takes them: after a slash it reads the name of an object", () => {
    expect(commands.filter(([, verify]) => /auth can-i \S+ \w+\/\w/.test(verify))).toEqual([]);
  });

  it("closes every range of a jsonpath, and quotes it", () => {
    const count = (text: string, part: RegExp): number => [...text.matchAll(part)].length;
    expect(commands.filter(([, verify]) => count(verify, /(?<!\{)\{range /g) !== count(verify, /(?<!\{)\{end\}/g))).toEqual([]);
    expect(commands.filter(([, verify]) => /jsonpath=(?!')/.test(verify))).toEqual([]);
  });
});

describe("the action of a control", () => {
  it("fits on one line of a plan, and is plain text without an end", () => {
    const odd = listControls().filter(({ action }) => !/^[A-Z][\w /',:-]{8,55}$/.test(action));
    expect(
      odd.map(({ id, action }) => [id, action]),
      "9 to 56 letters, digits and /',:- after a capital",
    ).toEqual([]);
  });

  it("says of each control something else", () => {
    const actions = listControls().map(({ action }) => action);
    expect(actions.filter((action, at) => actions.indexOf(action) !== at)).toEqual([]);
  });
});
