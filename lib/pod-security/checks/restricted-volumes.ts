import type { Check } from "../check";

const RESTRICTED_VOLUME_TYPES: ReadonlySet<string> = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

/** The types that the API has beside those. */
const OTHER_VOLUME_TYPES: ReadonlySet<string> = new Set([
  "awsElasticBlockStore",
  "azureDisk",
  "azureFile",
  "cephfs",
  "cinder",
  "fc",
  "flexVolume",
  "flocker",
  "gcePersistentDisk",
  "gitRepo",
  "glusterfs",
  "hostPath",
  "iscsi",
  "nfs",
  "photonPersistentDisk",
  "portworxVolume",
  "quobyte",
  "rbd",
  "scaleIO",
  "storageos",
  "vsphereVolume",
]);

/**
 * A volume without any source becomes an emptyDir on the server, so it passes. A key that is no type is a mistake, which the server
 * refuses or leaves out, or a type of a later version: what comes of it is not known.
 */
export const restrictedVolumes: Check = {
  id: "restrictedVolumes",
  level: "restricted",
  overrides: ["hostPathVolumes"],
  rules: [
    {
      since: 0,
      rule: (pod) =>
        pod.spec.parts("volumes").flatMap((volume) => {
          const name = volume.text("name") ?? "";
          const keys = volume.keys().filter((key) => key !== "name" && volume.find(key) && !RESTRICTED_VOLUME_TYPES.has(key));
          for (const key of keys) if (!OTHER_VOLUME_TYPES.has(key)) volume.refuse(key, "a type of volume that is known");
          return keys
            .filter((key) => OTHER_VOLUME_TYPES.has(key))
            .map((key) => ({ path: volume.at(key), value: volume.get(key), message: `Volume ${name} is of the type ${key}.`, on: name || volume.at("") }));
        }),
    },
  ],
};
