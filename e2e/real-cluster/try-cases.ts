import { listControls } from "@/lib/controls/registry";
import { judge } from "@/lib/engine/judge";
import { proposePatch } from "@/lib/engine/propose-patch";
import { type ResourceRef, resourceKey } from "@/lib/model/resource-ref";
import type { Verdict } from "@/lib/model/verdict";
import type { ControlPlane } from "../control-plane/control-plane";
import { collectorsFor } from "./collectors-for";
import { trackObjects } from "./live-objects";
import { isGuard, isOfCase, type PlacedCase } from "./placed-case";
import { readCluster } from "./read-cluster";
import { runPatch } from "./run-patch";
import { runVerify } from "./run-verify";
import { waitForControllers } from "./wait-for-controllers";

/** What the product says of one control and one object. */
function sayVerdict({ resource, state, reason = "", evidence }: Verdict): string {
  return `${resourceKey(resource)} ${state} ${reason}${evidence.map(({ path, value }) => `${path}=${value}`).join(", ")}`;
}

interface Patched {
  readonly placed: PlacedCase;
  readonly resource: ResourceRef;
  readonly locator: string;
}

/**
 * Applies cases side by side, scans with the real collector, runs the command that shows what fails, patches that with the product's own
 * remedies, scans again, and takes everything away. Answers, in the same order, with what was wrong; null = the case went as its table says.
 */
export async function tryCases(controlPlane: ControlPlane, kubeconfig: string, cases: readonly PlacedCase[]): Promise<readonly (string | null)[]> {
  const objects = trackObjects(controlPlane);
  const problems = new Map<PlacedCase, string>();
  const [first] = cases;
  const { settings: given = {}, observedAt } = cases.length === 1 && first ? first.testCase : {};
  const asked = new Set(cases.flatMap(({ control }) => [control.id, ...(control.subsumedBy ?? [])]));
  const controls = listControls().filter(({ id }) => asked.has(id));
  const asksForSecrets = controls.some(({ reads, subject }) => subject === "secret" || reads.includes("secrets"));
  const settings = { ...given, optInSources: asksForSecrets ? (["secret-metadata"] as const) : [] };
  const look = async () => {
    await waitForControllers(controlPlane);
    const { inventory } = await readCluster(kubeconfig, { settings, collectors: collectorsFor(controls), ...(observedAt === undefined ? {} : { observedAt }) });
    return { inventory, verdicts: [...judge(inventory, controls)] };
  };

  async function apply(placed: PlacedCase): Promise<void> {
    for (const object of placed.objects) {
      // Where its service is not there, a guard refuses for good what a controller was about to make of the objects before it.
      if (isGuard(object)) await waitForControllers(controlPlane);
      const problem = await objects.create(object);
      if (problem === null) continue;
      problems.set(placed, `refused: ${problem}`);
      return;
    }
  }

  /** The failing object, once it is patched; null when the case ends here. */
  async function check(placed: PlacedCase, { inventory, verdicts }: Awaited<ReturnType<typeof look>>): Promise<Patched | null> {
    const { control, state, testCase } = placed;
    const ours = verdicts.filter((verdict) => verdict.control === control.id && isOfCase(placed, verdict.resource));
    const verdict = ours.find((candidate) => candidate.state === state);
    if (verdict === undefined || (state === "pass" && ours.some((candidate) => candidate.state === "fail"))) {
      problems.set(placed, `differs: ${ours.map(sayVerdict).join("; ")}`);
      return null;
    }
    if (state === "pass") return null;
    const fault = await runVerify(controlPlane.kubeconfigPath, control, verdict);
    if (fault !== null) problems.set(placed, fault);
    if (fault !== null || control.remedy === null || testCase.remedy === false) return null;
    const patch = proposePatch(inventory, control, verdict.resource, verdict.locator);
    const problem = patch === null ? "there is no patch" : await runPatch(controlPlane, objects, verdict.resource, patch);
    if (problem !== null) problems.set(placed, `not patched: ${problem}`);
    return problem === null ? { placed, resource: verdict.resource, locator: verdict.locator } : null;
  }

  try {
    for (const placed of cases) await apply(placed);
    const seen = await look();
    const patched: Patched[] = [];
    for (const placed of cases) {
      const found = problems.has(placed) ? null : await check(placed, seen);
      if (found) patched.push(found);
    }
    const { verdicts } = patched.length > 0 ? await look() : { verdicts: [] };
    for (const { placed, resource, locator } of patched) {
      const now = verdicts.find(
        (verdict) => verdict.control === placed.control.id && resourceKey(verdict.resource) === resourceKey(resource) && verdict.locator === locator,
      );
      if (now?.state === "fail" || now?.state === "subsumed") problems.set(placed, `not green after the patch: ${sayVerdict(now)}`);
    }
  } finally {
    await objects.restore(cases.flatMap(({ namespaces }) => namespaces));
  }
  return cases.map((placed) => problems.get(placed) ?? null);
}
