import { describe, expect, test } from "vitest";
import { judge } from "../engine/judge";
import { patchObjects } from "../engine/patch-objects";
import { proposePatch } from "../engine/propose-patch";
import { buildInventory } from "../inventory/build-inventory";
import { DEFAULT_SETTINGS, type Inventory, type Settings } from "../inventory/inventory";
import type { SliceName } from "../inventory/slices";
import type { JsonRecord } from "../model/json";
import { type ResourceRef, resourceKey, toResourceRef } from "../model/resource-ref";
import type { Severity } from "../model/severity";
import type { State, Verdict } from "../model/verdict";
import type { AnyControl } from "./define";
import { listControls } from "./registry";

/** One case of a control's table. `target` is the kind and name that must have the state; left out = some subject has it. */
export interface ControlCase {
  readonly name: string;
  readonly objects: readonly JsonRecord[];
  readonly target?: { readonly kind: string; readonly name: string };
  readonly evidence?: readonly {
    readonly path: string;
    readonly value?: string | null;
    readonly container?: string;
    readonly severity?: Severity;
    readonly check?: string;
    readonly message?: string;
    readonly object?: ResourceRef;
  }[];
  readonly severity?: Severity;
  /** Of what does not apply or is not assessed. */
  readonly reason?: string;
  readonly settings?: Partial<Settings>;
  /** "1.34"; left out = unknown version. */
  readonly kubeVersion?: string;
  /** Slices that could not be read. */
  readonly missing?: readonly SliceName[];
  /** Default true. */
  readonly complete?: boolean;
  readonly observedAt?: string;
  /** False for a fixture whose weakness no single patch can remove (the control's remedy may answer null). */
  readonly remedy?: false;
}

export interface ControlCases {
  readonly fails?: readonly ControlCase[];
  readonly passes?: readonly ControlCase[];
  readonly notApplicable?: readonly ControlCase[];
  readonly unknown?: readonly ControlCase[];
  readonly manual?: readonly ControlCase[];
  readonly subsumed?: readonly ControlCase[];
}

/** What a scan of a case's objects sees; `objects` may be others in its place. */
export function toInventory(testCase: ControlCase, objects: readonly JsonRecord[]): Inventory {
  const [major, minor] = (testCase.kubeVersion ?? "").split(".").map(Number);
  const inventory = buildInventory(objects, {
    isComplete: testCase.complete ?? true,
    kubeVersion: testCase.kubeVersion ? { major: major ?? 1, minor: minor ?? 0, text: `v${testCase.kubeVersion}.0` } : null,
    observedAt: testCase.observedAt ?? "2026-11-25T00:00:00Z",
    settings: { ...DEFAULT_SETTINGS, ...testCase.settings },
  });
  const slices: Record<string, unknown> = { ...inventory.slices };
  for (const name of testCase.missing ?? []) slices[name] = { state: "missing", reason: `Listing ${name} was refused.` };
  return { ...inventory, slices: slices as unknown as Inventory["slices"] }; // safe: only missing slices were put in
}

/** Nothing else decides what it says: a failure is covered by what those fail alone, whatever covers them. */
function verdictsOf(control: AnyControl, testCase: ControlCase): Verdict[] {
  const asked = new Set([control.id, ...(control.subsumedBy ?? [])]);
  const controls = listControls().filter(({ id }) => asked.has(id));
  return [...judge(toInventory(testCase, testCase.objects), controls)].filter((verdict) => verdict.control === control.id);
}

function pick(verdicts: readonly Verdict[], testCase: ControlCase, state: State): Verdict | undefined {
  const target = testCase.target;
  const wanted = target ? verdicts.filter((v) => v.resource.kind === target.kind && v.resource.name === target.name) : verdicts;
  return target ? wanted[0] : wanted.find((verdict) => verdict.state === state);
}

function failures(verdicts: Iterable<Verdict>): Map<string, Verdict> {
  const failing = new Map<string, Verdict>();
  for (const v of verdicts) if (v.state === "fail" || v.state === "subsumed") failing.set(`${v.control} on ${resourceKey(v.resource)} ${v.locator}`, v);
  return failing;
}

/** What a remedy leaves to be done by hand, so that an object which it makes fails for now: pods must be told to take the values from the Secret. */
const LEFT_TO_DO: ReadonlyMap<string, string> = new Map([["configmap-holds-secret", "secret-unreferenced"]]);

/** Every cluster has it; policies name its DNS. */
const SYSTEM = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system", labels: { "kubernetes.io/metadata.name": "kube-system" } } };

function proveRemedy(control: AnyControl, given: ControlCase, verdict: Verdict): void {
  const hasSystem = given.objects.some((object) => resourceKey(toResourceRef(object)) === resourceKey(toResourceRef(SYSTEM)));
  const testCase = hasSystem ? given : { ...given, objects: [...given.objects, SYSTEM] };
  const inventory = toInventory(testCase, testCase.objects);
  const patch = proposePatch(inventory, control, verdict.resource, verdict.locator);
  expect(patch, `${control.id} has no patch for this failure; say remedy: false on the case if that is right`).not.toBeNull();
  if (!patch) return;
  const before = failures(judge(inventory, listControls()));
  const patched = patchObjects(testCase.objects, verdict.resource, patch);
  const after = failures(judge(toInventory(testCase, patched), listControls()));
  const key = `${control.id} on ${resourceKey(verdict.resource)} ${verdict.locator}`;
  expect([...after.keys()], `the patch does not turn ${control.id} green`).not.toContain(key);
  const broken = [...after].filter(([k, { control: id }]) => !before.has(k) && LEFT_TO_DO.get(control.id) !== id).map(([k]) => k);
  expect(broken, `the patch of ${control.id} makes other controls fail`).toEqual([]);
}

function expectState(control: AnyControl, testCase: ControlCase, state: State): Verdict {
  const verdicts = verdictsOf(control, testCase);
  const verdict = pick(verdicts, testCase, state);
  const seen = verdicts.map(
    (v) => `${v.resource.kind}/${v.resource.name}: ${v.state}${v.reason ? ` (${v.reason})` : ""} ${v.evidence.map((e) => e.path).join(", ")}`,
  );
  expect(verdict?.state, `verdicts of ${control.id}: ${seen.join("; ") || "none"}`).toBe(state);
  if (testCase.reason !== undefined) expect(verdict?.reason).toBe(testCase.reason);
  if (state === "pass" && !testCase.target) expect(verdicts.filter((v) => v.state === "fail")).toEqual([]);
  return verdict as Verdict; // safe: its state was just compared
}

let collected: Map<AnyControl, ControlCases[]> | null = null;

/** The tables that the test files in `load` declare, for whoever tries them on something else than manifests. */
export async function collectControlCases(load: () => Promise<unknown>): Promise<ReadonlyMap<AnyControl, readonly ControlCases[]>> {
  const found = new Map<AnyControl, ControlCases[]>();
  collected = found;
  try {
    await load();
  } finally {
    collected = null;
  }
  return found;
}

/**
 * Runs a control's table, and proves with the whole catalogue the remedy of every failing case. The test file beside a control holds
 * nothing else: it is loaded once more for a real cluster, where no other test can run.
 */
export function describeControl(control: unknown, cases: ControlCases): void {
  const subject = control as AnyControl; // safe: every control is one, its types erased
  if (collected) {
    collected.set(subject, [...(collected.get(subject) ?? []), cases]);
    return;
  }
  describe(subject.id, () => {
    test.each(cases.fails ?? [])("fails: $name", (testCase) => {
      const verdict = expectState(subject, testCase, "fail");
      for (const entry of testCase.evidence ?? []) expect(verdict.evidence).toContainEqual(expect.objectContaining(entry));
      const told = verdict.evidence.map((entry) => JSON.stringify(entry));
      expect(told.filter((entry, i) => told.indexOf(entry) !== i)).toEqual([]);
      if (testCase.severity) expect(verdict.severity).toBe(testCase.severity);
      if (subject.remedy && testCase.remedy !== false) proveRemedy(subject, testCase, verdict);
    });
    const plain: readonly [string, State, readonly ControlCase[] | undefined][] = [
      ["passes", "pass", cases.passes],
      ["is not applicable", "not-applicable", cases.notApplicable],
      ["is not assessed", "unknown", cases.unknown],
      ["needs review", "manual", cases.manual],
      ["is subsumed", "subsumed", cases.subsumed],
    ];
    for (const [word, state, list] of plain) {
      test.each(list ?? [])(`${word}: $name`, (testCase) => {
        const verdict = expectState(subject, testCase, state);
        for (const entry of testCase.evidence ?? []) expect(verdict.evidence).toContainEqual(expect.objectContaining(entry));
      });
    }
  });
}
