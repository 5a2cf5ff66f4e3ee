import { expect, test } from "vitest";
import { proposePatch } from "../../engine/propose-patch";
import { buildInventory } from "../../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment } from "../../inventory/testing";
import control from "../container/privilege-escalation-allowed";

test("a fix takes away the one spelling of a capability beside which the API refuses false", () => {
  const app = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "app" };
  const opsBeside = (capability: string) => {
    const insecure = deployment({ container: { securityContext: { allowPrivilegeEscalation: undefined, capabilities: { add: [capability] } } } });
    return proposePatch(buildInventory([insecure], WHOLE_CLUSTER), control, app)?.ops.map(({ op }) => op);
  };
  expect(opsBeside("SYS_ADMIN")).toEqual(["set"]);
  expect(opsBeside("CAP_SYS_ADMIN")).toEqual(["remove", "set"]);
});
