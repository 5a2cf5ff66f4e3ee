import { expect, it } from "vitest";
import { blockedSentence, labelSentence, meetsWords, namespaceLevelTitle, podSecurityTitle } from "./pod-security-titles";

const row = {
  namespace: "shop",
  workloads: 4,
  labels: { enforce: { acts: "privileged" as const } },
  baseline: { refused: 0, undecided: 0 },
  restricted: { refused: 0, undecided: 0 },
  meets: "restricted" as const,
  step: null,
  blocked: null,
  overreach: 0,
};

it("says of all namespaces how many could step up, at none, one and many", () => {
  expect(podSecurityTitle({ all: 0, step: 0, blocked: 0 }, true, false)).toBe("There is no namespace yet");
  expect(podSecurityTitle({ all: 31, step: 1, blocked: 9 }, true, false)).toBe("1 of 31 namespaces could enforce a stricter Pod Security level today");
  expect(podSecurityTitle({ all: 1031, step: 0, blocked: 9 }, true, false)).toBe(
    "No namespace can enforce a stricter level today: something blocks it in 9 of 1,031",
  );
  expect(podSecurityTitle({ all: 1, step: 0, blocked: 0 }, true, false)).toBe("The one namespace enforces restricted");
  expect(podSecurityTitle({ all: 3, step: 0, blocked: 0 }, true, false)).toBe("All 3 namespaces enforce restricted");
  expect(podSecurityTitle({ all: 3, step: 0, blocked: 0 }, true, true)).toBe(
    "No namespace enforces a Pod Security level: the API server has the plugin switched off",
  );
  expect(podSecurityTitle({ all: 3, step: 0, blocked: 1 }, false, false)).toBe(
    "What 3 namespaces could enforce was not assessed in full; something blocks a stricter level in 1",
  );
});

it("says of one namespace what it could enforce and what blocks the next level", () => {
  expect(namespaceLevelTitle({ ...row, step: "restricted" }, false)).toBe("shop could enforce restricted today");
  expect(namespaceLevelTitle({ ...row, step: "baseline", blocked: "restricted", restricted: { refused: 3, undecided: 0 } }, false)).toBe(
    "shop could enforce baseline today; 3 workloads block restricted",
  );
  expect(namespaceLevelTitle({ ...row, blocked: "baseline", baseline: { refused: 1, undecided: 2 } }, false)).toBe(
    "shop: 1 workload blocks baseline, 2 workloads could not be judged",
  );
  expect(namespaceLevelTitle({ ...row, workloads: 0, step: "restricted" }, false)).toBe("shop has no workload: it could enforce restricted today");
  expect(namespaceLevelTitle({ ...row, labels: { enforce: { acts: "restricted" } } }, false)).toBe("shop enforces restricted, and every workload meets it");
  expect(namespaceLevelTitle({ ...row, labels: { enforce: { acts: "baseline" } }, overreach: 1 }, false)).toBe(
    "shop enforces baseline, and would refuse 1 workload that runs there",
  );
  expect(namespaceLevelTitle(row, true)).toBe("shop enforces nothing: the API server has the plugin PodSecurity switched off");
  expect(blockedSentence(row)).toBe("nothing blocks it");
});

it("says what a label is, and what it acts as when that is something else", () => {
  expect(labelSentence({ value: null, acts: "privileged", version: null })).toBe("not labelled");
  expect(labelSentence({ value: "restricted", acts: "restricted", version: "v1.29" })).toBe("restricted, v1.29");
  expect(labelSentence({ value: "baselin", acts: "restricted", version: null })).toBe("baselin, which acts as restricted");
});

it("claims nothing of a namespace whose workloads were not all read", () => {
  expect(namespaceLevelTitle({ ...row, meets: null }, false)).toBe("shop: nothing that was read blocks it");
  expect(namespaceLevelTitle({ ...row, meets: null, blocked: "restricted", restricted: { refused: 1, undecided: 0 } }, false)).toBe(
    "shop: 1 workload blocks restricted",
  );
  expect(meetsWords({ meets: null, workloads: 0 })).toBe("not assessed");
  expect(meetsWords({ meets: "baseline", workloads: 0 })).toBe("no workload");
  expect(meetsWords({ meets: "baseline", workloads: 1 })).toBe("baseline");
});
