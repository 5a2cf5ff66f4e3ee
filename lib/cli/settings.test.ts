import { describe, expect, test } from "vitest";
import { settingsResponse } from "../contracts/settings";
import { deployment } from "../inventory/testing";
import { testCommand } from "./testing-command";

const { write, run } = testCommand("settings");

const SETTINGS = `
trustedRegistries: [registry.example/shop]
platformNamespaces: ["infra-*"]
requireCpuLimit: true
disabledControls:
  host-pid: The node agents of this team need it
reweightedControls:
  host-ipc: { severity: info, reason: Shared memory is how it works. }
ownControls:
  - id: team-label-missing
    layer: cluster
    severity: low
    message: It does not say which team owns it.
    expression: "'team' in object.metadata.labels"
`;

const container = { image: "registry.example/shop/app:1", resources: { limits: { cpu: undefined } } };
const cart = JSON.stringify(deployment({ name: "cart", namespace: "infra-x", labels: { team: "shop" }, podSpec: { hostPID: true, hostIPC: true }, container }));

function scanWith(settings: string | object, args: readonly string[] = ["--format", "json"]) {
  const file = write("settings.yaml", typeof settings === "string" ? settings : JSON.stringify(settings));
  const { err, ...rest } = run(["--settings", file, ...args], { input: cart });
  return { ...rest, err: err.replaceAll(file, "FILE") };
}

interface Report {
  readonly results: readonly { readonly control: string; readonly state: string; readonly severity: string }[];
  readonly summary: Readonly<Record<string, unknown>>;
  readonly switchedOff?: unknown;
  readonly reweighted?: unknown;
}

const report = (text: string): Report => JSON.parse(text) as Report;

describe("--settings", () => {
  test("judges as a cluster of these settings would be judged", () => {
    const { results } = report(scanWith(SETTINGS, ["--format", "json", "--all", "--complete", "-"]).out);
    const stateOf = (id: string) => results.filter(({ control }) => control === id).map(({ state, severity }) => `${state} ${severity}`);
    expect(stateOf("image-registry-untrusted")).toEqual(["pass high"]);
    expect(stateOf("host-ipc")).toEqual(["fail info"]);
    expect(stateOf("team-label-missing")).toEqual(["pass low"]);
    expect(stateOf("resource-limits-missing")).toEqual([expect.stringContaining("fail ")]);
    expect(run(["--format", "json", "--all", "--complete", "--only", "resource-limits-missing", "-"], { input: cart }).out).toContain('"state": "pass"');
  });

  test("tells what is off, by whose reason, and never as passed", () => {
    const { results, summary, switchedOff, reweighted } = report(scanWith(SETTINGS, ["--format", "json", "--all", "-"]).out);
    expect(results.filter(({ control }) => control === "host-pid")).toEqual([]);
    expect(summary["host-pid"]).toBeUndefined();
    expect(switchedOff).toEqual([
      { control: "host-pid", layer: "container", severity: "high", title: expect.any(String), reason: "The node agents of this team need it" },
    ]);
    expect(reweighted).toEqual([{ control: "host-ipc", severity: "info", from: expect.any(String), reason: "Shared memory is how it works." }]);
    expect(scanWith(SETTINGS, ["-"]).out).toMatch(
      /\nSwitched off, not judged: host-pid\. The node agents of this team need it\.\nCounts as info instead of \w+: host-ipc\. Shared memory is how it works\.\n/,
    );
    for (const format of ["jsonl", "codequality"]) expect(scanWith(SETTINGS, ["--format", format, "-"]).err).toContain("Switched off, not judged: host-pid.");
    const junit = scanWith(SETTINGS, ["--format", "junit", "-"]).out;
    expect(junit).toMatch(
      /<testsuite name="Switched off" tests="1" failures="0" errors="0" skipped="1">\n\s*<testcase [^>]*name="host-pid: [^>]*><skipped message="Switched off: /,
    );
    const { runs } = JSON.parse(scanWith(SETTINGS, ["--format", "sarif", "-"]).out) as {
      runs: { invocations: object[]; tool: { driver: { rules: { id: string }[] } } }[];
    };
    expect(runs[0]?.invocations[0]).toMatchObject({
      toolConfigurationNotifications: [
        { level: "note", associatedRule: { id: "host-pid" }, message: { text: expect.stringContaining("Switched off") } },
        { level: "note", associatedRule: { id: "host-ipc" }, message: { text: expect.stringContaining("Counts as info") } },
      ],
      ruleConfigurationOverrides: [{ descriptor: { id: "host-pid" }, configuration: { enabled: false } }],
    });
    expect(runs[0]?.tool.driver.rules.map(({ id }) => id)).toContain("host-pid");
    const bundle = write("bundle.jsonl", `${JSON.stringify({ id: 1, objects: [JSON.parse(cart)] })}\n`);
    expect(JSON.parse(scanWith(SETTINGS, ["--bundles", bundle]).out)).toMatchObject({ switchedOff: [{ control: "host-pid" }] });
  });

  test("reads what the API answers as the settings of a cluster", () => {
    const answer: unknown = settingsResponse.parse({
      trustedRegistries: ["registry.example"],
      platformNamespaces: [],
      requireCpuLimit: false,
      disabledControls: { "host-pid": "They need it" },
      reweightedControls: {},
      ownControls: [],
      optInSources: ["kubelet-config"],
      tuned: [],
      isApplied: true,
    });
    expect(report(scanWith(answer as object, ["--format", "json", "-"]).out).switchedOff).toHaveLength(1);
  });

  test("lists what is off after what would be judged, and chooses among both", () => {
    const listed = scanWith(SETTINGS, ["--list-controls", "--only", "host-pid,host-ipc"]).out;
    expect(listed).toMatch(/^host-ipc +container +info .*\nhost-pid +container +off .* \(The node agents of this team need it\)\n$/);
    const { err, status } = scanWith(SETTINGS, ["--only", "host-pid", "-"]);
    expect([status, err]).toEqual([2, "Every control that is left is switched off by --settings.\n"]);
    expect(report(scanWith(SETTINGS, ["--format", "json", "--skip", "host-pid", "-"]).out).switchedOff).toBeUndefined();
  });

  test("adds the registries and controls of other options", () => {
    const controls = write(
      "more.yaml",
      JSON.stringify([{ id: "more", layer: "code", severity: "low", message: "No.", expression: "object.kind != 'Deployment'" }]),
    );
    const { results } = report(scanWith(SETTINGS, ["--controls", controls, "--trusted-registry", "other.example", "--format", "json", "--all", "-"]).out);
    expect(results.find(({ control }) => control === "more")?.state).toBe("fail");
    expect(results.find(({ control }) => control === "image-registry-untrusted")?.state).toBe("pass");
    const { err } = scanWith({ ownControls: [{ id: "more", layer: "code", severity: "low", message: "No.", expression: "object.kind == ''" }] }, [
      "--controls",
      controls,
      "-",
    ]);
    expect(err).toBe("--settings and --controls both have a control called more.\n");
  });

  test("reads a registry however it is pasted, and refuses what would match none", () => {
    const stateWith = (...args: readonly string[]) => {
      const { results } = report(run(["--only", "image-registry-untrusted", "--format", "json", "--all", ...args, "-"], { input: cart }).out);
      return results.map(({ state }) => state);
    };
    expect(stateWith("--trusted-registry", "HTTPS://Registry.Example/*")).toEqual(stateWith("--trusted-registry", "registry.example"));
    expect(stateWith("--settings", write("pasted.yaml", "trustedRegistries: [https://registry.example/shop/]"))).toEqual(["pass"]);
    const { status, err } = run(["--trusted-registry", "acme/cart", "-"]);
    expect([status, err]).toEqual([
      2,
      '--trusted-registry: "acme/cart": an entry begins with a registry: for images of Docker Hub, write docker.io/acme/cart.\n',
    ]);
  });

  test("says each fault of a file in a sentence, and judges nothing", () => {
    const faults = {
      trustedRegistries: ["https://ok.example/", "bad.example/cart:1"],
      platformNamespaces: "infra",
      requireCpuLimit: "yes",
      disabledControls: { "host-pid": "no", "Host PID": "because of this" },
      reweightedControls: { "host-ipc": { severity: "mild", reason: "because of this" } },
      trusted: [],
    };
    const { err, status, out } = scanWith(faults, ["-"]);
    expect([status, out]).toEqual([2, ""]);
    expect(err.trim().split("\n").sort()).toEqual([
      "--settings: FILE: disabledControls.Host PID: an id is made of lower-case letters, digits and single dashes, such as team-label-missing.",
      "--settings: FILE: disabledControls.host-pid: say why, in at least five characters.",
      "--settings: FILE: platformNamespaces must be a list.",
      "--settings: FILE: requireCpuLimit must be true or false.",
      "--settings: FILE: reweightedControls.host-ipc.severity must be one of critical, high, medium, low, info.",
      "--settings: FILE: trustedRegistries.2: an entry is a registry or a repository such as registry.example.com/team, without tag or digest.",
      "--settings: FILE: unknown setting: trusted.",
    ]);
    expect(scanWith({ disabledControls: { "no-such": "because", "nor-this": "because" } }, ["-"]).err).toBe(
      "--settings: FILE: disabledControls: there is no control called no-such.\n--settings: FILE: disabledControls: there is no control called nor-this.\n",
    );
    expect(scanWith({ ownControls: [{ id: "x" }] }, ["-"]).err).toMatch(/^--settings: control 1 of FILE: [a-z]+ (?:is missing|must be one of .*)\.\n$/);
    expect(run(["--settings", "/nowhere.yaml", "-"]).err).toBe("--settings: /nowhere.yaml does not exist.\n");
  });

  test("takes no settings that nobody named, wherever they lie", () => {
    const folder = write("project/settings.yaml", SETTINGS).replace(/\/settings\.yaml$/, "");
    write("project/.concentric.yaml", SETTINGS);
    write("project/cart.json", cart);
    expect(run(["--format", "json", folder]).out).toContain('"control": "host-pid"');
  });
});
