import type { ControlPlane } from "../control-plane/control-plane";
import type { Manifest } from "../world/manifest";
import { listPathOf, objectPathOf } from "./object-path";
import { waitUntil } from "./wait-until";

/** Creates the objects in their order; one that exists already is left as it is. Throws when the server refuses one. */
export async function applyManifests(controlPlane: ControlPlane, manifests: readonly Manifest[]): Promise<void> {
  for (const manifest of manifests) {
    const answer = await controlPlane.request("POST", listPathOf(manifest), manifest);
    if (answer.status >= 300 && answer.status !== 409) throw new Error(`${objectPathOf(manifest)}: ${JSON.stringify(answer.body).slice(0, 600)}`);
    if (manifest.kind === "Namespace") await waitForDefaultAccount(controlPlane, objectPathOf(manifest));
  }
}

/** Pods are refused until the controller has made the namespace's default account; without controllers nobody asks for one. */
export async function waitForDefaultAccount(controlPlane: ControlPlane, namespacePath: string): Promise<void> {
  if (controlPlane.hasControllers)
    await waitUntil("the default service account", async () => (await controlPlane.request("GET", `${namespacePath}/serviceaccounts/default`)).status === 200);
}

/** Without the grace of pods, and waits until all are gone: the next file on the same server may make namespaces of these names. */
export async function deleteObjects(controlPlane: ControlPlane, manifests: readonly Manifest[]): Promise<void> {
  for (const manifest of manifests) await controlPlane.request("DELETE", objectPathOf(manifest), { gracePeriodSeconds: 0 });
  for (const manifest of manifests) await waitUntilGone(controlPlane, manifest);
}

export async function deleteObject(controlPlane: ControlPlane, manifest: Manifest): Promise<void> {
  await controlPlane.request("DELETE", objectPathOf(manifest));
  await waitUntilGone(controlPlane, manifest);
}

function waitUntilGone(controlPlane: ControlPlane, manifest: Manifest): Promise<unknown> {
  return waitUntil(`${objectPathOf(manifest)} to be gone`, async () => (await controlPlane.request("GET", objectPathOf(manifest))).status === 404);
}
