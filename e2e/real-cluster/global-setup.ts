import type { TestProject } from "vitest/node";
import type { ControlPlaneAddress } from "../control-plane/control-plane";
import { type StartedControlPlane, startControlPlane } from "../control-plane/start";

export type ProvidedControlPlanes = { readonly addresses: readonly ControlPlaneAddress[] } | { readonly reason: string };

declare module "vitest" {
  interface ProvidedContext {
    controlPlanes: ProvidedControlPlanes;
  }
}

/** One control plane for each worker, for the whole run; without one, one line says why, or the run fails when it must not be skipped. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started: Extract<StartedControlPlane, { readonly controlPlane: unknown }>[] = [];
  const stop = async (): Promise<void> => {
    for (const one of started) await one.stop();
  };
  try {
    // One after the other: should one not start, none is left running that nobody stops.
    while (started.length < Number(project.config.maxWorkers)) {
      const one = await startControlPlane();
      if ("reason" in one) {
        if (process.env.CONCENTRIC_REQUIRE_CLUSTER === "1") throw new Error(`CONCENTRIC_REQUIRE_CLUSTER is set, but there is ${one.reason}`);
        console.log(`Real cluster tests are skipped: ${one.reason}.`);
        project.provide("controlPlanes", { reason: one.reason });
        return stop;
      }
      started.push(one);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  const addresses = started.map(({ controlPlane }) => {
    const { url, folder, caFile, adminToken, kubeconfigPath, auditFile, hasControllers } = controlPlane;
    return { url, folder, caFile, adminToken, kubeconfigPath, auditFile, hasControllers };
  });
  if (addresses.some(({ hasControllers }) => !hasControllers))
    console.log("Tests that need running pods are skipped: KUBEBUILDER_ASSETS has an API server only.");
  project.provide("controlPlanes", { addresses });
  return stop;
}
