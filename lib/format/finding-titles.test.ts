import { expect, it } from "vitest";
import { evidenceTitle, findingTitle, historyTitle, managedSentence, proofSentence, riskSentence } from "./finding-titles";

const finding = { title: "Pod a runs privileged", shouldHold: "Containers do not run privileged", resource: { apiVersion: "v1", kind: "Pod", name: "a" } };

it("puts first that it no longer fails, and claims no failure that is not known", () => {
  expect(findingTitle({ ...finding, state: "open" })).toBe("Pod a runs privileged");
  expect(findingTitle({ ...finding, state: "fixed" })).toBe("Fixed: Pod a runs privileged");
  expect(findingTitle({ ...finding, state: "not-failing" })).toBe("Does not fail: Pod a runs privileged");
  expect(findingTitle({ ...finding, state: "not-yet" })).toBe("Not yet seen at this moment: Pod a runs privileged");
  expect(findingTitle({ ...finding, state: "unknown" })).toBe("Not assessed for Pod a: Containers do not run privileged");
  const whole = { ...finding, resource: { apiVersion: "concentric.dev/v1", kind: "Cluster", name: "cluster" } };
  expect(findingTitle({ ...whole, state: "unknown" })).toBe("Not assessed for the cluster: Containers do not run privileged");
});

it("counts openings and fixes in words", () => {
  expect(historyTitle(2, 1, "open", null)).toBe("History: opened twice, fixed once");
  expect(historyTitle(1, 0, "open", null)).toBe("History: opened once, never fixed");
  expect(historyTitle(3, 3, "fixed", "fixed")).toBe("History: opened three times, fixed three times");
  expect(historyTitle(0, 0, "unknown", null)).toBe("History: no failure seen");
});

it("does not call what ended with its object, or by other rules, never fixed", () => {
  expect(historyTitle(1, 0, "gone", "resource-gone")).toBe("History: opened once, gone with its object");
  expect(historyTitle(2, 1, "gone", "resource-gone")).toBe("History: opened twice, fixed once, gone with its object");
  expect(historyTitle(1, 0, "not-failing", "settings")).toBe("History: opened once");
  // Its object went later.
  expect(historyTitle(1, 1, "gone", "fixed")).toBe("History: opened once, fixed once");
  expect(historyTitle(1, 0, "gone", "settings")).toBe("History: opened once");
});

it("says where the evidence is", () => {
  expect(evidenceTitle(1, 1, 0)).toBe("Evidence: 1 field in one object");
  expect(evidenceTitle(2, 3, 0)).toBe("Evidence: 2 fields in one object, 1 more elsewhere");
  expect(evidenceTitle(50, 60, 10)).toBe("Evidence: 50 fields in one object, 10 more not listed");
  expect(evidenceTitle(49, 1_060, 1_010)).toBe("Evidence: 49 fields in one object, 1 more elsewhere, 1,010 more not listed");
  expect(evidenceTitle(0, 1, 0)).toBe("Evidence: 1 observation");
});

it("says what the trial showed, for better and worse", () => {
  const WHOLE = { triedOn: "all", untold: null } as const;
  const none = { breaks: [], uncovers: [], unmasks: [], elsewhere: [] };
  expect(proofSentence(null, { triedOn: null, untold: "Services could not be read." }, 3)).toBe("Not tried on snapshot 3. Services could not be read.");
  expect(proofSentence({ turnsGreen: true, ...none }, { triedOn: "object", untold: "What else it changes is not known." }, 3)).toBe(
    "Tried on this object alone, on snapshot 3: this control passes, no other control of it starts to fail. What else it changes is not known.",
  );
  expect(proofSentence({ turnsGreen: true, ...none }, { triedOn: "rights", untold: "The rest is not known." }, 3)).toBe(
    "Tried on the RBAC of the cluster alone, on snapshot 3: this control passes, no other control starts to fail. The rest is not known.",
  );
  expect(proofSentence({ turnsGreen: true, ...none }, WHOLE, 1187)).toBe("Tried on snapshot 1187: this control passes, no other control starts to fail.");
  expect(proofSentence({ turnsGreen: null, ...none }, WHOLE, 3)).toBe(
    "Tried on snapshot 3: this control could not be assessed then, no other control starts to fail.",
  );
  expect(proofSentence({ turnsGreen: false, ...none, breaks: ["A holds", "B holds"] }, WHOLE, 3)).toBe(
    "Tried on snapshot 3: this control still fails, 2 other controls start to fail: A holds; B holds.",
  );
  expect(proofSentence({ turnsGreen: true, ...none, uncovers: ["A holds"] }, WHOLE, 3)).toBe(
    "Tried on snapshot 3: this control passes, no other control that passes now starts to fail. 1 control that did not apply will then fail: A holds.",
  );
  const shop = {
    title: "B holds",
    resource: { apiVersion: "v1", kind: "Namespace", namespace: null, name: "shop" },
    message: "All 3 workloads meet restricted already.",
  };
  expect(proofSentence({ turnsGreen: true, ...none, breaks: ["B holds"], elsewhere: [shop] }, WHOLE, 3)).toBe(
    "Tried on snapshot 3: this control passes, 1 other control starts to fail: B holds. Namespace shop: All 3 workloads meet restricted already.",
  );
  expect(proofSentence({ turnsGreen: true, ...none, unmasks: ["A holds", "C holds"] }, WHOLE, 3)).toBe(
    "Tried on snapshot 3: this control passes, no other control starts to fail. 2 controls that counted as part of another will then count by themselves: A holds; C holds.",
  );
});

it("says where a patch of this snapshot may come too late", () => {
  expect(riskSentence("restart", true)).toMatch(/If these fields have changed since this snapshot, the API server refuses it: scan again\.$/);
  expect(riskSentence("none", false)).toBe("Risk: none expected. Concentric is read-only: you apply the change.");
});

it("warns of whoever would take the change back", () => {
  expect(managedSentence("Helm (shop)")).toBe("Managed by Helm (shop): change it at the source, or the next sync reverts it.");
  expect(managedSentence(null)).toMatch(/a live change lasts/);
});
