import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import type { JsonRecord } from "../model/json";
import type { AnyControl } from "../controls/define";
import baseline from "../controls/container/pss-baseline";
import restricted from "../controls/container/pss-restricted";

const ORACLE = new URL("../../../shared/oracle/psa.jsonl", import.meta.url);
const VERDICTS = new URL("../../../shared/verdicts/", import.meta.url);
const hasVerdicts = existsSync(VERDICTS);
if (!existsSync(ORACLE) || !hasVerdicts) process.stdout.write("Skipped: labels of real API servers are not beside the project (../shared).\n");

interface LabelledPod {
  readonly case: string;
  readonly level: "baseline" | "restricted";
  readonly version: string;
  readonly versions?: readonly string[];
  readonly expected: "pass" | "fail";
  readonly violates?: readonly string[];
  readonly objects: readonly JsonRecord[];
}

function readLabels(file: URL): LabelledPod[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as LabelledPod); // safe: third-party data, its form is its README's
}

function judgePod(label: LabelledPod, version: string): { state: string | undefined; checks: string } {
  const minor = version === "latest" ? 36 : Number(version.replace(/^v?1\./, ""));
  const inventory = buildInventory(label.objects, {
    isComplete: true,
    kubeVersion: { major: 1, minor, text: `v1.${minor}.0` },
    observedAt: "2026-11-25T00:00:00Z",
    settings: DEFAULT_SETTINGS,
  });
  const control: AnyControl = label.level === "baseline" ? baseline : restricted;
  const [verdict] = [...judge(inventory, [control])];
  const checks = new Set((verdict?.evidence ?? []).flatMap(({ check }) => (check === undefined ? [] : [check])));
  return { state: verdict?.state, checks: [...checks].sort().join(" ") };
}

test.skipIf(!existsSync(ORACLE))("the roll-ups say what a real API server said of every pod, and name the same checks", () => {
  const labels = readLabels(ORACLE);
  expect(labels.length).toBeGreaterThan(0);
  const wrong = labels.flatMap((label) => {
    const got = judgePod(label, label.version);
    const wanted = { state: label.expected, checks: [...(label.violates ?? [])].sort().join(" ") };
    return got.state === wanted.state && got.checks === wanted.checks ? [] : [{ case: label.case, version: label.version, wanted, got }];
  });
  expect(wrong).toEqual([]);
});

test.skipIf(!hasVerdicts)("the roll-ups agree with the admission plugin's own test pods, at every version they are for", () => {
  const files = readdirSync(VERDICTS).filter((name) => name.startsWith("pod-security-admission"));
  const wrong = files.flatMap((name) =>
    readLabels(new URL(name, VERDICTS)).flatMap((label) =>
      (label.versions ?? [label.version]).flatMap((version) => {
        const { state } = judgePod(label, version);
        return state === label.expected ? [] : [{ case: label.case, version, expected: label.expected, state }];
      }),
    ),
  );
  expect(wrong).toEqual([]);
});
