import { list, record, text } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import { splitImageReference } from "../images/image-reference";
import { parseKubeVersion } from "../values/kube-version";
import type { KubeVersion } from "../inventory";
import type { KubeObject } from "../kube-object";
import { isPlaceable } from "../workloads/node-placement";
import { defineView } from "../view";
import type { Container, PodView, Workload } from "../workloads/workload";

/** kube-proxy as it runs on some nodes. */
export interface KubeProxy {
  readonly object: ResourceRef;
  readonly pod: PodView;
  readonly container: Container;
  readonly image: string;
  /** Of the image, in the object; "" = running pods of it alone have this one. */
  readonly path: string;
  /** By the image's tag; null = it tells none. */
  readonly version: KubeVersion | null;
  readonly runsOn: (node: KubeObject) => boolean;
}

/** Clouds and Windows builds of it are called the same; what replaces it is another program. */
const IMAGE = /(?:^|\/)kube-proxy(?:-(?:amd64|arm64|windows))?$/;

/** RKE2 has one image for all programs of Kubernetes. */
function startsKubeProxy({ spec }: Container): boolean {
  return text(list(spec.command)[0])?.split("/").at(-1) === "kube-proxy";
}

/** The template is on the nodes of the workload's pods, or where it may run as long as none were seen; pods of another shape on their own. */
function placed(workload: Workload): readonly KubeProxy[] {
  const names = new Set(workload.nodeNames);
  return workload.views().flatMap((pod) =>
    pod.containers.flatMap((container): readonly KubeProxy[] => {
      const image = text(container.spec.image) ?? "";
      const parsed = splitImageReference(image);
      if (container.list !== "containers" || !parsed || !(IMAGE.test(parsed.path) || startsKubeProxy(container))) return [];
      const runsOn = (node: KubeObject): boolean => {
        if (pod.source === "runtime") return pod.nodeNames?.includes(node.ref.name) === true;
        return names.size > 0 ? names.has(node.ref.name) : isPlaceable(record(pod.spec), node);
      };
      const path = pod.source === "runtime" ? "" : container.at("image");
      return [{ object: workload.ref, pod, container, image, path, version: parseKubeVersion(parsed.tag ?? ""), runsOn }];
    }),
  );
}

/** The builds of kube-proxy, each with its nodes. Nodes do not tell: `kubeProxyVersion` was the kubelet's own, and is no longer set. */
export const kubeProxiesView = defineView({
  reads: ["workloads"],
  compute: ({ slices }): readonly KubeProxy[] =>
    slices.workloads
      .filter(({ ref, isDormant, isFinished }) => ref.namespace === "kube-system" && !isDormant && !isFinished)
      .flatMap((workload) => placed(workload)),
});
