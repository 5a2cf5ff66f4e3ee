import { expect, test } from "vitest";
import { proposePatch } from "../../engine/propose-patch";
import { buildInventory } from "../../inventory/build-inventory";
import { DEFAULT_SETTINGS } from "../../inventory/inventory";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import control from "../cluster/netpol-default-deny-ingress";

test("a fix removes no policy of Calico, whatever it allows", () => {
  const objects = [
    namespace(),
    deployment(),
    networkPolicy(),
    {
      apiVersion: "projectcalico.org/v3",
      kind: "NetworkPolicy",
      metadata: { name: "all", namespace: "shop" },
      spec: { order: 10, selector: "all()", types: ["Ingress"], ingress: [{ action: "Allow" }] },
    },
  ];
  const options = { isComplete: true, kubeVersion: null, observedAt: "2026-11-25T00:00:00Z", settings: DEFAULT_SETTINGS };
  expect(proposePatch(buildInventory(objects, options), control, { apiVersion: "v1", kind: "Namespace", namespace: null, name: "shop" })).toBeNull();
});
