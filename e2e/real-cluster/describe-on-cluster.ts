import { describe, inject } from "vitest";
import { connectControlPlane, type ControlPlane } from "../control-plane/control-plane";

export interface ClusterNeeds {
  /** Running pods: skipped on a bare API server. */
  readonly controllers?: boolean;
}

/** `describe`, skipped when this run has no control plane (or none that can do what is needed). */
export function describeOnCluster(title: string, needs: ClusterNeeds, define: (controlPlane: ControlPlane) => void): void {
  const provided = inject("controlPlane");
  if ("reason" in provided || (needs.controllers === true && !provided.address.hasControllers)) {
    describe.skip(title, () => {});
    return;
  }
  const controlPlane = connectControlPlane(provided.address);
  describe(title, () => define(controlPlane));
}
