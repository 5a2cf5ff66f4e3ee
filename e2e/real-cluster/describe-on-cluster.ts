import { describe, inject } from "vitest";
import { connectControlPlane, type ControlPlane, type ControlPlaneAddress } from "../control-plane/control-plane";

export interface ClusterNeeds {
  /** Running pods: skipped on a bare API server. */
  readonly controllers?: boolean;
}

/** The control plane of this worker, which runs one file at a time: what one makes on it, no other sees meanwhile. */
function findAddress(): ControlPlaneAddress | null {
  const provided = inject("controlPlanes");
  if ("reason" in provided) return null;
  const address = provided.addresses[Number(process.env.VITEST_POOL_ID) - 1];
  if (address === undefined) throw new Error(`There is no control plane for the worker ${process.env.VITEST_POOL_ID}.`);
  return address;
}

/** `describe`, skipped when this run has no control plane (or none that can do what is needed). */
export function describeOnCluster(title: string, needs: ClusterNeeds, define: (controlPlane: ControlPlane) => void): void {
  const address = findAddress();
  if (address === null || (needs.controllers === true && !address.hasControllers)) {
    describe.skip(title, () => {});
    return;
  }
  const controlPlane = connectControlPlane(address);
  describe(title, () => define(controlPlane));
}
