import { record, text } from "../model/json";
import type { KubeObject } from "./kube-object";
import { defineView } from "./view";

/** Cilium's own settings; `mode`: `default`, `always` = every pod is isolated, `never` = no policy is enforced. */
export const ciliumConfigView = defineView({
  reads: ["configMaps"],
  compute: ({ slices }): { readonly object: KubeObject; readonly mode: string | null } | null => {
    const object = slices.configMaps.find((map) => map.ref.namespace === "kube-system" && map.ref.name === "cilium-config");
    return object ? { object, mode: text(record(object.body.data)["enable-policy"])?.toLowerCase() ?? null } : null;
  },
});
