import { describe, expect, test } from "vitest";
import { createPodView } from "../inventory/workloads/pod-view";
import type { JsonRecord } from "../model/json";
import { CHECKS } from "./check-table";
import { evaluateLevel } from "./evaluate-level";
import { DANGERS, HARMLESS_POD, toBarest } from "./exemplary-pods";

const LATEST = 37;

function violated(spec: JsonRecord): readonly string[] {
  const view = createPodView({ source: "template", path: "spec", spec, metadata: {}, onWindowsNode: false });
  return (["baseline", "restricted"] as const).flatMap((level) => evaluateLevel(level, LATEST, view).violations.map(({ check }) => check));
}

/** What the API server has a pod violate that violates another check: a privileged container may always become more, a root user is no other. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  privileged: ["allowPrivilegeEscalation"],
  capabilities_baseline: ["capabilities_restricted"],
  seccompProfile_baseline: ["seccompProfile_restricted"],
  hostPathVolumes: ["restrictedVolumes"],
  runAsUser: ["runAsNonRoot"],
};

describe("the exemplary pods", () => {
  test("meet every level where they are harmless", () => {
    expect(violated(HARMLESS_POD)).toEqual([]);
  });

  test.each(DANGERS.map((danger) => [danger.check, danger] as const))("violate %s alone", (check, { pods }) => {
    for (const spec of pods) {
      const found = new Set(violated(spec));
      expect(found).toContain(check);
      expect([...found].filter((other) => other !== check && !BESIDE[check]?.includes(other))).toEqual([]);
    }
  });

  test.each(DANGERS.map((danger) => [danger.check, danger] as const))("violate %s also where they say nothing else", (check, danger) => {
    for (const spec of danger.pods) {
      const barest = toBarest(spec, danger);
      expect(violated(barest)).toContain(check);
      expect(JSON.stringify(barest).length).toBeLessThan(JSON.stringify(spec).length / 2);
    }
  });

  test("are there for every check but those that take a pod of another kind, or only ask for more of what another asks", () => {
    const left = CHECKS.map(({ id }) => id).filter((id) => DANGERS.every(({ check }) => check !== id));
    expect(left.sort()).toEqual(["procMount", "procMount_restricted", "seccompProfile_restricted", "windowsHostProcess"]);
  });
});
