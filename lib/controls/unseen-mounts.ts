import type { KubeVersion } from "../inventory/inventory";
import { isSinceMinor } from "../inventory/values/kube-version";

/** The API server takes images as volumes by default since then. */
const IMAGE_VOLUMES_SINCE = 35;

/** What is said behind what looks at images of containers alone; "" = there are no others. */
export function unseenMounts(version: KubeVersion | null): string {
  return isSinceMinor(version, IMAGE_VOLUMES_SINCE) ? " Images that are mounted as volumes are not seen." : "";
}
