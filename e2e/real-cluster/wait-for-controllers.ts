import { dig, list, record } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import { waitUntil } from "./wait-until";

const CONTROLLED = [
  "/apis/apps/v1/deployments",
  "/apis/apps/v1/replicasets",
  "/apis/apps/v1/statefulsets",
  "/apis/apps/v1/daemonsets",
  "/api/v1/replicationcontrollers",
];

/** Returns when every controller has seen the newest form of its objects: pods are made and adopted, though they may not run yet. */
export async function waitForControllers(controlPlane: ControlPlane): Promise<void> {
  // One after the other: a Deployment is seen once its ReplicaSets are made.
  for (const path of CONTROLLED) {
    await waitUntil(`controllers to have seen ${path}`, async () => {
      const { body } = await controlPlane.request("GET", path);
      return list(record(body).items).every((item) => dig(item, "status", "observedGeneration") === dig(item, "metadata", "generation"));
    });
  }
}
