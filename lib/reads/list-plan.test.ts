import { expect, it } from "vitest";
import { GET as getLayer } from "@/app/api/v1/clusters/[cluster]/layers/[layer]/route";
import { GET as getOverview } from "@/app/api/v1/clusters/[cluster]/overview/route";
import type { LayerResponse, OverviewResponse } from "@/lib/contracts/overview";
import { deployment, namespace } from "@/lib/inventory/testing";
import { startScanned } from "./testing-scanned";

const PRIVILEGED = "container-privileged";
const cart = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "cart" };

it("names the object of a step where it is a single one, in the scope of the plan", async () => {
  const cluster = await startScanned();
  try {
    const bad = { container: { securityContext: { privileged: true } } };
    const others = [
      namespace(),
      namespace({ name: "kube-system" }),
      deployment({ name: "web" }),
      deployment({ name: "dns", namespace: "kube-system", ...bad }),
    ];
    const objectsOf = async () => {
      const overview: OverviewResponse = (await cluster.call(getOverview)).body;
      const layer: LayerResponse = (await cluster.call(getLayer, "", { layer: "container" })).body;
      return [overview.plan, layer.controls].map((list) => list.find(({ control }) => control === PRIVILEGED)?.object);
    };
    await cluster.scan([...others, deployment({ name: "cart", ...bad })]);
    expect(await objectsOf()).toEqual([cart, cart]);
    await cluster.scan([...others, deployment({ name: "cart", ...bad }), deployment({ name: "pay", ...bad })]);
    expect(await objectsOf()).toEqual([null, null]);
    await cluster.scan(others);
    expect(await objectsOf()).toEqual([undefined, null]);
  } finally {
    await cluster.stop();
  }
});
