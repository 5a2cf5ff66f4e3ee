import { expect, test } from "vitest";
import { buildInventory } from "../build-inventory";
import { DEFAULT_SETTINGS } from "../inventory";
import { createContext } from "../context";
import { toPolicyNamespace } from "./policy-namespace";
import { choosesObjects, listWebhooks, seesNamespace, type Webhook, whyNoGuard } from "./security-webhook";

function hooksOf(name: string, rules: readonly object[]): readonly Webhook[] {
  const configuration = {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingWebhookConfiguration",
    metadata: { name },
    webhooks: [{ name, rules, clientConfig: { service: { namespace: "guard", name: "webhook" } } }],
  };
  const inventory = buildInventory([configuration], { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS });
  return createContext(inventory).slices.webhooks.flatMap(listWebhooks);
}

const whyOf = (name: string, rules: readonly object[]): string => whyNoGuard(hooksOf(name, rules));

test("an engine without rules is told from a webhook that guards nothing", () => {
  expect(whyOf("policy.sigstore.dev", [])).toBe("Sigstore policy-controller writes the rules of its webhooks while it runs; these have none.");
  expect(whyOf("orders.example.com", [])).toBe("None of its webhooks guards the cluster.");
});

test.each([
  ["opa-validating-webhook", "Open Policy Agent"],
  ["webhook.openpolicyagent.org", "Open Policy Agent"],
  ["falco-webhook", "Falco"],
  ["europa.example.com", null],
  ["falcon-kac.example.com", null],
])("tells by whole words of the name whose webhook %s is", (name, engine) => {
  expect(hooksOf(name, []).map((hook) => hook.engine)).toEqual([engine]);
});

test.each([
  ["request.namespace != 'other'", true, false],
  ["request.namespace == 'other'", false, false],
  // The API server shows it none.
  ["namespaceObject.metadata.name != 'other'", true, true],
  ["namespaceObject.metadata.name == 'other'", true, true],
])("is called where its conditions hold, as far as is told: %s", (expression, sees, chooses) => {
  const [hook, shop] = [{ spec: { matchConditions: [{ name: "a", expression }] } }, toPolicyNamespace("shop")];
  expect([seesNamespace(hook, shop), choosesObjects(hook, shop)]).toEqual([sees, chooses]);
});
