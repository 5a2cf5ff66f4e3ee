import "server-only";
import { defineCollector, kindsOf } from "./define-collector";

export const storageCollector = defineCollector({
  id: "storage",
  kinds: [
    ...kindsOf(
      "",
      ["v1"],
      [
        ["persistentvolumes", "PersistentVolume"],
        ["persistentvolumeclaims", "PersistentVolumeClaim"],
      ],
    ),
    ...kindsOf(
      "storage.k8s.io",
      ["v1"],
      [
        ["storageclasses", "StorageClass"],
        ["csidrivers", "CSIDriver"],
      ],
    ),
  ],
});
