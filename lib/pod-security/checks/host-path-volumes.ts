import type { Check } from "../check";

export const hostPathVolumes: Check = {
  id: "hostPathVolumes",
  level: "baseline",
  rules: [
    {
      since: 0,
      rule: (pod) =>
        pod.spec.parts("volumes").flatMap((volume) => {
          const hostPath = volume.find("hostPath");
          if (!hostPath) return [];
          const name = volume.text("name") ?? "";
          const path = hostPath.text("path");
          return [{ path: volume.at("hostPath"), value: path, message: `Volume ${name} mounts ${path ?? "a path"} of the node.`, on: name || volume.at("") }];
        }),
    },
  ],
};
