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

/** A volume without any source becomes an emptyDir on the server, so it passes. */
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
          return volume
            .keys()
            .filter((key) => key !== "name" && volume.find(key) && !RESTRICTED_VOLUME_TYPES.has(key))
            .map((key) => ({ path: volume.at(key), value: volume.get(key), message: `Volume ${name} is of the type ${key}.`, on: name || volume.at("") }));
        }),
    },
  ],
};
