import { type ClusterCatalogue, toClusterCatalogue } from "../controls/cluster-catalogue";
import { DEFAULT_SETTINGS } from "../inventory/inventory";
import { readOwnControls } from "./read-own-controls";

/** The built-in controls and those of a file. Throws bad-request with one sentence. */
export function readOwnCatalogue(file: string): ClusterCatalogue {
  return toClusterCatalogue({ ...DEFAULT_SETTINGS, ownControls: readOwnControls(file) }, () => performance.now());
}
