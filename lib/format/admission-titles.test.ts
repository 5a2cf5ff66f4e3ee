import { expect, it } from "vitest";
import { admissionCount, admissionTitle, tallyParts } from "./admission-titles";

const part = (
  system: string,
  enforcement: "refuses" | "reports" | "off" | "hidden",
  lax: string | null = null,
  issues: readonly { readonly title: string }[] = [],
) => ({
  system,
  enforcement,
  lax,
  issues,
});
const group = <K extends string>(key: K, parts: readonly ReturnType<typeof part>[], notAssessed: unknown = null) => ({
  key,
  notAssessed,
  count: parts.length,
  tally: tallyParts(parts),
  parts,
});
const flaw = { title: "Policies fail closed" };
const titleOf = (...parts: readonly ReturnType<typeof part>[]) => admissionTitle([group("policies", parts)]);

it("names what can refuse, and how much of it is weak, at none, one and many", () => {
  expect(titleOf()).toBe("Nothing refuses an object at admission");
  expect(titleOf(part("Kyverno", "reports", "it only audits"), part("Pod Security admission", "off"))).toBe("Nothing refuses an object at admission");
  expect(titleOf(part("Kyverno", "refuses"))).toBe("Kyverno can refuse objects");
  expect(titleOf(part("Pod Security admission", "refuses"), part("Kyverno", "refuses", null, [flaw]), part("Kyverno", "refuses"))).toBe(
    "Pod Security admission and Kyverno can refuse objects; 1 of 3 mechanisms fails “Policies fail closed”",
  );
  expect(titleOf(part("Webhook", "refuses", "it fails open"), part("Webhook", "refuses", "it fails open"))).toBe(
    "2 webhooks can refuse objects; 2 of 2 mechanisms have a weakness",
  );
  expect(titleOf(part("Kyverno", "refuses", null, [flaw]), part("API server", "hidden", "it is hidden"))).toBe(
    "Kyverno can refuse objects; it fails “Policies fail closed”",
  );
  expect(titleOf(...["A", "B", "C", "D", "E", "F"].map((name) => part(name, "refuses")))).toBe("A, B, C, D and 2 more can refuse objects");
});

it("names the weakness of the only weak part where it is one, and counts where it can", () => {
  expect(titleOf(part("Kyverno", "refuses"), part("Webhook", "refuses", "it fails open"))).toBe(
    "Kyverno and 1 webhook can refuse objects; 1 of 2 mechanisms has a weakness: it fails open",
  );
  expect(titleOf(part("Kyverno", "refuses", null, [flaw, { title: "Policies cover all" }]))).toBe("Kyverno can refuse objects; it fails 2 controls");
  // The finding may be the same weakness.
  expect(titleOf(part("Kyverno", "refuses", "it fails open", [flaw]))).toBe("Kyverno can refuse objects; it has a weakness");
  // Parts that a page does not list are counted all the same.
  const cut = { ...group("policies", [part("Kyverno", "refuses", null, [flaw])]), parts: [] };
  expect(admissionTitle([cut])).toBe("Kyverno can refuse objects; it has a weakness");
});

it("says that no image is verified only where that was looked at", () => {
  const policies = group("policies", [part("Kyverno", "refuses")]);
  expect(admissionTitle([policies, group("images", [])])).toBe("Kyverno can refuse objects; no image signature is verified");
  expect(admissionTitle([policies, group("images", [], { reason: "403" })])).toBe("Kyverno can refuse objects");
});

it("does not say that nothing refuses where something was not read", () => {
  const unread = { reason: "403" };
  expect(admissionTitle([group("pod-security", [], unread), group("webhooks", [], unread), group("policies", [])])).toBe(
    "Nothing that was read refuses an object; not assessed: Pod Security and Webhooks",
  );
  expect(admissionTitle([group("pod-security", [], unread), group("webhooks", [], unread)])).toBe("What is enforced at admission was not assessed");
});

it("counts what each group lists by its own name, and nothing that nobody can see", () => {
  const one = part("x", "refuses");
  const counted = (["pod-security", "policies", "images", "webhooks", "plugins"] as const).map((key) => admissionCount(group(key, [one, one])));
  expect(counted).toEqual(["2 admission plugins", "2 policies", "2 verifiers", "2 webhook configurations", "2 admission plugins"]);
  expect(admissionCount(group("policies", [one]))).toBe("1 policy");
  expect(admissionCount(group("webhooks", []))).toBe("none");
  expect(admissionCount(group("webhooks", [], { reason: "403" }))).toBe("not assessed");
  expect(admissionCount(group("plugins", [part("API server", "hidden")]))).toBe("not assessed");
});
