import { expect, test } from "vitest";
import { proposePatch } from "../../engine/propose-patch";
import { buildInventory } from "../../inventory/build-inventory";
import { WHOLE_CLUSTER } from "../../inventory/testing-context";
import { deployment, namespace, networkPolicy } from "../../inventory/testing";
import outgoing from "../cluster/netpol-default-deny-egress";
import control from "../cluster/netpol-default-deny-ingress";
import openEgress from "../cluster/netpol-egress-open";

const home = { apiVersion: "v1", kind: "Namespace", namespace: null, name: "shop" };

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
  expect(proposePatch(buildInventory(objects, WHOLE_CLUSTER), control, home)).toBeNull();
});

test("a fix that closes ways out says which DNS it leaves open, for clusters that resolve names elsewhere", () => {
  const inventory = buildInventory([namespace(), deployment()], WHOLE_CLUSTER);
  const app = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "app" };
  expect(proposePatch(inventory, outgoing, home)?.note).toContain("a cache on the node (169.254.20.10)");
  expect(proposePatch(inventory, openEgress, app)?.note).toContain("a cache on the node (169.254.20.10)");
  expect(proposePatch(inventory, control, home)?.note).not.toContain("169.254.20.10");
});
