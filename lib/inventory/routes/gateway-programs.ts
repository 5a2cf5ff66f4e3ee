import { records, text, texts } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { defineWorkloadFact } from "../workloads/workload-fact";

interface GatewayContainer {
  readonly name: string;
  readonly image: string;
  readonly words: readonly string[];
  /** A control plane of Istio that keeps all of its proxies to TLS 1.2 and newer, whatever else it is told. */
  readonly isCompliant: boolean;
}

/** What a pod of Istio or of NGINX Gateway Fabric runs, or one that serves a Gateway of the Gateway API. */
export interface GatewayProgram {
  readonly workloadKey: string;
  readonly namespace: string | null;
  /** The Gateway that it is made for, as `namespace/name`; null = none is said. */
  readonly gateway: string | null;
  /** Of its template, and of live pods that differ: what Istio injects is in these alone. */
  readonly containers: readonly GatewayContainer[];
}

/** What controllers of the Gateway API call the pods by that serve a Gateway. */
export const OF_GATEWAY = "gateway.networking.k8s.io/gateway-name";

/** What Istio calls the container of its proxies, whatever their image is called. */
export const ISTIO_PROXY = "istio-proxy";

/** Istio writes another in its place as it makes a pod. */
export const TO_BE_INJECTED = "auto";

const IMAGE = /(?:^|[/-])(?:proxyv2|pilot)(?:[:@-]|$)|nginx-gateway-fabric/;

export const gatewayProgramsView = defineWorkloadFact({
  start: (): GatewayProgram[] => [],
  add: (found, { ref, isFinished }, pods) => {
    if (isFinished) return;
    const name = pods.map(({ labels }) => labels[OF_GATEWAY]).find((label) => label !== undefined);
    const images = pods.flatMap((pod) => pod.containers.map(({ name: container, spec }) => ({ name: container, image: text(spec.image) ?? "", spec })));
    const isOwn = (container: string, image: string): boolean => container === ISTIO_PROXY || image === TO_BE_INJECTED || IMAGE.test(image);
    const own = name === undefined ? images.filter((item) => isOwn(item.name, item.image)) : images;
    if (own.length === 0) return;
    found.push({
      workloadKey: resourceKey(ref),
      namespace: ref.namespace,
      gateway: name === undefined ? null : `${ref.namespace}/${name}`,
      containers: own.map(({ name: container, image, spec }) => ({
        name: container,
        image,
        words: [...texts(spec.command), ...texts(spec.args)],
        isCompliant: records(spec.env).some((item) => item.name === "COMPLIANCE_POLICY" && (text(item.value) ?? "") !== ""),
      })),
    });
  },
});
