import { expect, test } from "vitest";
import { admissionPoliciesView } from "../../inventory/admission/policy-enforcement";
import { namespace } from "../../inventory/testing";
import { createTestContext } from "../../inventory/testing-context";
import { countCpuMs } from "../../model/testing-cpu-ms";
import { triedPoliciesView } from "./pod-guards";
import { nativePolicy } from "./testing-native-policies";

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
