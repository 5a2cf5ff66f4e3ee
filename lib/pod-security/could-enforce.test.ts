import { fc } from "../model/testing-properties";
import { describe, expect, it } from "vitest";
import pssBaseline from "../controls/container/pss-baseline";
import pssRestricted from "../controls/container/pss-restricted";
import { judge } from "../engine/judge";
import { buildInventory } from "../inventory/build-inventory";
import { createContext } from "../inventory/context";
import { WHOLE_CLUSTER } from "../inventory/testing-context";
import { cronJob, deployment, pod } from "../inventory/testing";
import type { JsonRecord } from "../model/json";
import type { Verdict } from "../model/verdict";
import { couldEnforce, enforceCommand, type LevelStanding, tryCommand } from "./could-enforce";
import { evaluateLevel } from "./evaluate-level";
import { policyMinor } from "./policy-version";

const ENFORCE = "pod-security.kubernetes.io/enforce";
const none: LevelStanding = { refused: 0, undecided: 0 };
const some = (refused: number, undecided = 0): LevelStanding => ({ refused, undecided });

describe("what a namespace could enforce", () => {
  it("is told only as far as something stands in the way, when a kind of workload could not be read", () => {
    const told = (baseline: LevelStanding, restricted: LevelStanding) => couldEnforce({ labels: {}, baseline, restricted, isWhole: false, isOff: false });
    expect(told(none, none)).toMatchObject({ meets: null, step: null, blocked: null });
    expect(told(none, some(1))).toMatchObject({ meets: null, step: null, blocked: "restricted" });
    expect(told(some(1), some(1))).toMatchObject({ meets: "privileged", step: null, blocked: "baseline" });
  });

  it.each([
    ["nothing labelled, everything hardened", {}, none, none, { enforced: "privileged", meets: "restricted", step: "restricted", blocked: null, overreach: 0 }],
    ["nothing labelled, baseline met", {}, none, some(2), { enforced: "privileged", meets: "baseline", step: "baseline", blocked: "restricted", overreach: 0 }],
    ["nothing labelled, nothing met", {}, some(1), some(3), { enforced: "privileged", meets: "privileged", step: null, blocked: "baseline", overreach: 0 }],
    [
      "baseline enforced and met",
      { [ENFORCE]: "baseline" },
      none,
      some(2),
      { enforced: "baseline", meets: "baseline", step: null, blocked: "restricted", overreach: 0 },
    ],
    [
      "restricted enforced, and a workload from before it",
      { [ENFORCE]: "restricted" },
      none,
      some(2),
      { enforced: "restricted", meets: "baseline", step: null, blocked: "restricted", overreach: 2 },
    ],
    [
      "a level that is none acts as restricted",
      { [ENFORCE]: "baselin" },
      none,
      none,
      { enforced: "restricted", meets: "restricted", step: null, blocked: null, overreach: 0 },
    ],
    [
      "one workload that nobody could judge",
      {},
      none,
      some(0, 1),
      { enforced: "privileged", meets: "baseline", step: "baseline", blocked: "restricted", overreach: 0 },
    ],
  ] as const)("%s", (_, labels, baseline, restricted, expected) => {
    expect(couldEnforce({ labels, baseline, restricted, isWhole: true, isOff: false })).toEqual(expected);
  });
});

describe("the command", () => {
  it("labels the level, and lets go of a pinned version: the claim holds for the cluster's own", () => {
    expect(enforceCommand("shop", "baseline", {})).toBe("kubectl label --overwrite namespace shop pod-security.kubernetes.io/enforce=baseline");
    expect(enforceCommand("shop", "restricted", { [`${ENFORCE}-version`]: "v1.20" })).toContain("enforce-version=latest");
    expect(tryCommand("shop", "restricted", { "pod-security.kubernetes.io/warn-version": "v1.20", [`${ENFORCE}-version`]: "v1.20" })).toBe(
      "kubectl label --overwrite namespace shop pod-security.kubernetes.io/warn=restricted pod-security.kubernetes.io/audit=restricted pod-security.kubernetes.io/warn-version=latest",
    );
    expect(tryCommand("shop", "restricted", {})).toBe(
      "kubectl label --overwrite namespace shop pod-security.kubernetes.io/warn=restricted pod-security.kubernetes.io/audit=restricted",
    );
  });

  it("quotes a name that a shell would take apart", () => {
    expect(tryCommand("a'; rm -rf /", "baseline", {})).toContain(`namespace 'a'\\''; rm -rf /' `);
  });

  it("lets a level warn only where nothing as strict warns yet", () => {
    const [warn, audit] = ["pod-security.kubernetes.io/warn", "pod-security.kubernetes.io/audit"];
    expect(tryCommand("shop", "baseline", { [warn]: "restricted" })).toBe(`kubectl label --overwrite namespace shop ${audit}=baseline`);
    expect(tryCommand("shop", "baseline", { [warn]: "baseline", [audit]: "restricted" })).toBeNull();
  });
});

/** Hardened, with a few fields that some level refuses, or that no API server takes. */
const container = fc.constantFrom<JsonRecord>(
  {},
  { securityContext: { privileged: true } },
  { securityContext: { capabilities: { add: ["NET_ADMIN"] } } },
  { securityContext: { allowPrivilegeEscalation: null } },
  { securityContext: { runAsNonRoot: false } },
  { ports: [{ containerPort: 80, hostPort: 80 }] },
  { securityContext: { privileged: "true" } },
);
const podSpec = fc.constantFrom<JsonRecord>({}, {}, { hostNetwork: true }, { hostPID: true }, { volumes: [{ name: "v", hostPath: { path: "/x" } }] });
const make = fc.constantFrom(deployment, pod, cronJob);
const workload = fc.record({ make, container, podSpec });
const minor = fc.constantFrom(19, 24, 29, 34, 37);

const standing = (verdicts: readonly Verdict[], control: string): LevelStanding => {
  const own = verdicts.filter((verdict) => verdict.control === control);
  return { refused: own.filter((v) => v.state === "fail").length, undecided: own.filter((v) => v.state === "unknown").length };
};

it("never proposes a level that would refuse a template that is there, nor calls one blocked that would refuse none", () => {
  fc.assert(
    fc.property(fc.array(workload, { maxLength: 6 }), minor, (parts, at) => {
      const objects = parts.map((part, i) => part.make({ name: `w${i}`, container: part.container, podSpec: part.podSpec }));
      const kubeVersion = { major: 1, minor: at, text: `v1.${at}.0` };
      const inventory = buildInventory(objects, { ...WHOLE_CLUSTER, kubeVersion });
      const verdicts = [...judge(inventory, [pssBaseline, pssRestricted])];
      const { step, blocked, meets } = couldEnforce({
        isWhole: true,
        isOff: false,
        labels: {},
        baseline: standing(verdicts, "pss-baseline"),
        restricted: standing(verdicts, "pss-restricted"),
      });
      const answers = (level: "baseline" | "restricted") =>
        createContext(inventory).slices.workloads.flatMap((item) => item.views().map((view) => evaluateLevel(level, policyMinor(kubeVersion), view)));
      if (step !== null) {
        expect(answers(step).flatMap(({ violations, odd }) => [...violations, ...odd])).toEqual([]);
        expect(meets).toBe(step);
      }
      if (blocked !== null) expect(answers(blocked).filter(({ violations, odd }) => violations.length + odd.length > 0)).not.toEqual([]);
    }),
    { numRuns: 300 },
  );
});
