import { expect, test } from "vitest";
import { proposePatch } from "../../engine/propose-patch";
import { buildInventory } from "../../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../../inventory/inventory";
import { deployment } from "../../inventory/testing";
import control from "../container/privilege-escalation-allowed";

test("a fix takes away the one spelling of a capability beside which the API refuses false", () => {
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  const app = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "app" };
  const opsBeside = (capability: string) => {
    const insecure = deployment({ container: { securityContext: { allowPrivilegeEscalation: undefined, capabilities: { add: [capability] } } } });
    return proposePatch(buildInventory([insecure], options), control, app)?.ops.map(({ op }) => op);
  };
  expect(opsBeside("SYS_ADMIN")).toEqual(["set"]);
  expect(opsBeside("CAP_SYS_ADMIN")).toEqual(["remove", "set"]);
});
