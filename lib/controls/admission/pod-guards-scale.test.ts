import { expect, test } from "vitest";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { toPolicyNamespace } from "../../inventory/admission/policy-namespace";
import { namespace } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { takeoverGuardsView, triedPoliciesView } from "./pod-guards";
import { nativePolicy, NO_PRIVILEGED } from "./testing-native-policies";

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

test("of policies that let all dangers through, each is asked once in each namespace about all that it does not speak of", () => {
  const policies = range(300).flatMap((index) => nativePolicy(["has(object.metadata.labels)"], {}, {}, `policy-${index}`));
  const { view } = createTestContext([...policies, ...range(500).map((index) => namespace({ name: `team-${index}` }))]);
  const [all, toTried] = [view(admissionPoliciesView), view(triedPoliciesView)];
  const cpuMs = countCpuMs();
  const tried = all.map(toTried);
  expect(tried.filter(({ laxBecause }) => laxBecause !== null)).toHaveLength(300);
  // A third of a second of the processor; the bound leaves room for a slower one.
  expect(cpuMs()).toBeLessThan(2_000);
});

test("the words of policies are looked for once, and not in each namespace", () => {
  const long = `'${"word ".repeat(10_000)}' != ''`;
  const policies = range(50).flatMap((index) => nativePolicy([NO_PRIVILEGED, long], {}, {}, `policy-${index}`));
  const guardOf = createTestContext(policies).view(takeoverGuardsView);
  const cpuMs = countCpuMs();
  const guards = range(500).map((index) => guardOf(toPolicyNamespace(`team-${index}`)));
  expect(guards.filter(({ asksWho }) => !asksWho)).toHaveLength(500);
  // A fifth of a second of the processor; looked for each time, they take twelve.
  expect(cpuMs()).toBeLessThan(4_000);
});
