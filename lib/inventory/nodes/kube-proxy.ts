import { record, text } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { splitImageReference } from "../images/image-reference";
import { parseKubeVersion } from "../values/kube-version";
import type { KubeVersion } from "../inventory";
import type { KubeObject } from "../kube-object";
import { isPlaceable } from "../workloads/node-placement";
import { defineView } from "../view";
import type { Workload } from "../workloads/workload";

/** kube-proxy as it runs on some nodes. */
export interface KubeProxy {
  readonly object: ResourceRef;
  readonly image: string;
  /** Of the image, in the object; "" = running pods of it alone have this one. */
  readonly path: string;
  /** By the image's tag; null = it tells none. */
  readonly version: KubeVersion | null;
}

/** Clouds and Windows builds of it are called the same; what replaces it is another program. */
const IMAGE = /(?:^|\/)kube-proxy(?:-(?:amd64|arm64|windows))?$/;

interface Placed extends KubeProxy {
  readonly runsOn: (node: KubeObject) => boolean;
}

/** The template is on the nodes of the workload's pods, or where it may run as long as none were seen; pods of another shape on their own. */
function placed(workload: Workload): readonly Placed[] {
  const names = new Set(workload.nodeNames);
  return workload.views().flatMap((pod) =>
    pod.containers.flatMap((container): readonly Placed[] => {
      const image = text(container.spec.image) ?? "";
      const parsed = splitImageReference(image);
      if (!parsed || !IMAGE.test(parsed.path)) return [];
      const runsOn = (node: KubeObject): boolean => {
        if (pod.source === "runtime") return pod.nodeNames?.includes(node.ref.name) === true;
        return names.size > 0 ? names.has(node.ref.name) : isPlaceable(record(pod.spec), node);
      };
      return [
        { object: workload.ref, image, path: pod.source === "runtime" ? "" : container.at("image"), version: parseKubeVersion(parsed.tag ?? ""), runsOn },
      ];
    }),
  );
}

/** The builds of kube-proxy on a node. Nodes do not tell: `kubeProxyVersion` was the kubelet's own, and is no longer set. */
export const kubeProxiesView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): ((node: KubeObject) => readonly KubeProxy[]) => {
    const all = slices.workloads
      .filter(({ ref, isDormant, isFinished }) => ref.namespace === "kube-system" && !isDormant && !isFinished)
      .flatMap((workload) => placed(workload));
    return (node) => all.filter(({ runsOn }) => runsOn(node));
  },
});
