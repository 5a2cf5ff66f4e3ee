import fc from "fast-check";
import { expect, it } from "vitest";
import { SEVERITIES, type Severity } from "../model/severity";
import { SCOPES, STATES, type Scope, type Verdict } from "../model/verdict";
import { changeTallies, type VerdictChange } from "./change-tallies";
import { createTallyCounter, type Tally } from "./tally";

type Counted = Pick<Verdict, "control" | "state" | "severity" | "scope">;

const verdict = fc.option(fc.record({ state: fc.constantFrom(...STATES), severity: fc.constantFrom(...SEVERITIES), scope: fc.constantFrom(...SCOPES) }), {
  nil: null,
  freq: 4,
});
/** What two controls said of some subjects, before and after. */
const subjects = fc.array(fc.record({ control: fc.constantFrom("a", "b"), before: verdict, after: verdict }), { maxLength: 30 });

function tally(verdicts: readonly Counted[]): readonly Tally[] {
  const counter = createTallyCounter();
  const resource = { apiVersion: "v1", kind: "Pod", namespace: "shop", name: "app" };
  for (const one of verdicts) counter.add({ ...one, layer: "container", resource, locator: "", evidence: [] });
  return counter.tallies();
}

function byKey(tallies: readonly Tally[]): ReadonlyMap<string, Tally> {
  const isSomething = ({ n, unknown, manual, subsumed, notApplicable }: Tally) => n + unknown + manual + subsumed + notApplicable > 0;
  return new Map(tallies.filter(isSomething).map((one) => [`${one.control} ${one.scope}`, one]));
}

it("leaves the tallies that counting everything anew would give", () => {
  fc.assert(
    fc.property(subjects, (all) => {
      const said = (when: "before" | "after") => all.flatMap((one) => (one[when] ? [{ control: one.control, ...one[when] }] : []));
      const failing = (control: string, scope: Scope): ReadonlyMap<Severity, number> => {
        const severities = said("before").flatMap((one) => (one.control === control && one.scope === scope && one.state === "fail" ? [one.severity] : []));
        return new Map([...Map.groupBy(severities, (severity) => severity)].map(([severity, group]) => [severity, group.length]));
      };
      const changes = all.map((one): VerdictChange => ({ ...one, layer: "container" }));
      expect(byKey(changeTallies(tally(said("before")), changes, failing))).toEqual(byKey(tally(said("after"))));
    }),
  );
});
