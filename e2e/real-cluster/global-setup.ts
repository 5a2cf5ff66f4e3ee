import type { TestProject } from "vitest/node";
import type { ControlPlaneAddress } from "../control-plane/control-plane";
import { startControlPlane } from "../control-plane/start";

export type ProvidedControlPlane = { readonly address: ControlPlaneAddress } | { readonly reason: string };

declare module "vitest" {
  interface ProvidedContext {
    controlPlane: ProvidedControlPlane;
  }
}

/** One control plane for the whole run; without one, one line says why, or the run fails when it must not be skipped. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const started = await startControlPlane();
  if ("reason" in started) {
    if (process.env.CONCENTRIC_REQUIRE_CLUSTER === "1") throw new Error(`CONCENTRIC_REQUIRE_CLUSTER is set, but there is ${started.reason}`);
    console.log(`Real cluster tests are skipped: ${started.reason}.`);
    project.provide("controlPlane", { reason: started.reason });
    return undefined;
  }
  if (!started.controlPlane.hasControllers) console.log("Tests that need running pods are skipped: KUBEBUILDER_ASSETS has an API server only.");
  const { url, folder, caFile, adminToken, kubeconfigPath, auditFile, hasControllers } = started.controlPlane;
  project.provide("controlPlane", { address: { url, folder, caFile, adminToken, kubeconfigPath, auditFile, hasControllers } });
  return started.stop;
}
