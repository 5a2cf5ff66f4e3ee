import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { isRecord } from "@/lib/model/json";
import type { ControlPlane } from "../control-plane/control-plane";
import type { Manifest } from "../world/manifest";
import { applyManifests } from "./apply-manifests";
import { waitForRight } from "./wait-for-right";

export const READER = "system:serviceaccount:concentric:concentric-reader";

/** Objects that the project publishes, as they stand in `deploy/`. */
export function readerManifests(file = "deploy/cluster-role.yaml"): readonly Manifest[] {
  return parseAllDocuments(readFileSync(file, "utf8"))
    .map((document) => document.toJS() as unknown)
    .filter(isRecord);
}

/** Applies them, and answers with a kubeconfig of a service account that has nothing else. */
export async function applyReader(controlPlane: ControlPlane): Promise<string> {
  await applyManifests(controlPlane, readerManifests());
  await waitForRight(controlPlane, { user: READER, resourceAttributes: { verb: "list", group: "", resource: "pods" } });
  return controlPlane.serviceAccountKubeconfig("concentric", "concentric-reader");
}
