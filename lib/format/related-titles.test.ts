import { expect, it } from "vitest";
import type { Relation } from "../model/relation";
import type { Severity } from "../model/severity";
import { graverWords, relatedCaption, relatedSentence } from "./related-titles";

const sentence = (relation: Relation, kind: string, isAccount = false, isStale = false) =>
  relatedSentence({ relation, resource: { kind, name: "x" }, failure: "is open", isStale }, isAccount);

it.each([
  ["account", "ServiceAccount", "Its service account x is open. "],
  ["rights", "RoleBinding", "Its service account is bound by RoleBinding x, which is open. "],
  ["rights", "Group", "Its service account is in group x, which is open. "],
  ["namespace", "Namespace", "Its namespace x is open. "],
  ["policy", "NetworkPolicy", "NetworkPolicy x, which selects its pods, is open. "],
  ["entry", "Ingress", "Ingress x, which leads to it, is open. "],
  ["config", "ConfigMap", "ConfigMap x, which it uses, is open. "],
  ["target", "Deployment", "Deployment x, which it leads to, is open. "],
  ["user", "Deployment", "Deployment x, which runs as it, is open. "],
] as const)("says what a related object is to this one: %s %s", (relation, kind, words) => {
  expect(sentence(relation, kind)).toBe(words);
});

it("speaks of an account itself, and of what is as it last was", () => {
  expect(sentence("rights", "RoleBinding", true)).toBe("It is bound by RoleBinding x, which is open. ");
  expect(sentence("namespace", "Namespace", false, true)).toBe("Its namespace x is open, as last assessed. ");
});

it("names what is graver than an object itself by what it is to that", () => {
  const words = (relation: Relation, kind: string, isAccount = false, isStale = false) =>
    graverWords({ relation, resource: { kind, name: "x" }, severity: "critical", isStale }, "high", isAccount);
  expect(words("account", "ServiceAccount")).toBe("its service account has a critical finding");
  expect(words("rights", "ClusterRoleBinding")).toBe("a binding of its service account has a critical finding");
  expect(words("rights", "Group")).toBe("a group of its service account has a critical finding");
  expect(words("rights", "RoleBinding", true)).toBe("a binding of it has a critical finding");
  expect(words("namespace", "Namespace", false, true)).toBe("its namespace had a critical finding when last assessed");
  const than = (own: Severity | null, severity: Severity) =>
    graverWords({ relation: "namespace", resource: { kind: "Namespace", name: "x" }, severity, isStale: false }, own, false);
  expect([than("critical", "critical"), than("high", "high"), than("critical", "high"), than(null, "medium"), than("low", "medium")]).toEqual(
    Array(5).fill(""),
  );
  expect([than(null, "high"), than("medium", "high")]).toEqual(Array(2).fill("its namespace has a high finding"));
});

const caption = (met: number, failing: number, notAssessed = 0, { shown = 0, isUnread = false, unread = 0, isMetKnown = true } = {}) =>
  relatedCaption({ met, isMetKnown, shown, isUnread, related: { failing, notAssessed, unread: Array(unread).fill(null) } });

it("parts what is met of the object's own from what fails beside it", () => {
  expect(caption(2, 0)).toBe(null);
  expect(caption(2, 3)).toBe("Its own 2 controls are met; 3 findings on related objects");
  expect(caption(1, 1)).toBe("Its one own control is met; 1 finding on related objects");
  expect(caption(0, 1, 2)).toBe("1 finding on related objects, 2 not assessed");
  expect(caption(2, 0, 1)).toBe("Its own 2 controls are met; nothing is known to fail on related objects, 1 not assessed");
  expect(caption(2, 0, 0, { unread: 1 })).toBe("Its own 2 controls are met; nothing is known to fail on related objects");
  expect(caption(0, 1, 0, { isMetKnown: false })).toBe("Nothing of its own fails; 1 finding on related objects");
  expect(caption(2, 1, 0, { shown: 1 })).toBe("1 finding on related objects");
  expect(caption(2, 1, 0, { isUnread: true })).toBe("Its own 2 controls were met when it was last read; 1 finding on related objects");
  expect(caption(1, 1, 0, { isUnread: true })).toBe("Its one own control was met when it was last read; 1 finding on related objects");
});
