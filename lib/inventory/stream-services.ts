import { formatPath } from "../model/field-path";
import { amount, record, records, text, textMap } from "../model/json";
import { resourceKey } from "../model/resource-ref";
import { readFlags } from "./component-flags";
import type { KubeObject } from "./kube-object";
import { serviceTargetsView } from "./service-targets";
import { defineView } from "./view";
import { defineWorkloadFact } from "./workload-fact";

/** Of ingress-nginx and HAProxy Ingress, and of the controller of HAProxy Technologies: each names a ConfigMap of ports that are passed on as they are. */
const FLAGS = ["tcp-services-configmap", "udp-services-configmap", "configmap-tcp-services"];

/** What such a controller shows of itself; one for each ConfigMap that it names. */
interface StreamController {
  /** `namespace/name` of the ConfigMap. */
  readonly named: string;
  readonly workloadKey: string;
  readonly isOnNode: boolean;
  readonly ports: readonly { readonly name: string | undefined; readonly number: number | undefined; readonly hostPort: number | undefined }[];
}

const streamControllersView = defineWorkloadFact({
  start: (): StreamController[] => [],
  add: (found, { ref, isFinished }, pods) => {
    if (isFinished) return;
    for (const { source, spec, containers } of pods) {
      if (source !== "template") continue;
      for (const container of containers) {
        const flags = readFlags(container);
        for (const name of FLAGS) {
          const [namespace = "", configMap] = flags.get(name)?.value.split("/") ?? [];
          if (!configMap) continue;
          found.push({
            // Charts write $(POD_NAMESPACE): a variable that the kubelet fills in.
            named: `${namespace.startsWith("$(") ? ref.namespace : namespace}/${configMap}`,
            workloadKey: resourceKey(ref),
            isOnNode: spec.hostNetwork === true,
            ports: records(container.spec.ports).map((port) => ({
              name: text(port.name),
              number: amount(port.containerPort),
              hostPort: amount(port.hostPort),
            })),
          });
        }
      }
    }
  },
});

/** A port of an ingress controller that leads to a Service, whatever is spoken there. */
export interface Stream {
  readonly configMap: KubeObject;
  /** Of the entry in the ConfigMap. */
  readonly path: string;
  readonly value: string;
  readonly port: number;
  /** `namespace/name` of the Service that it leads to, and the port of it, by number or name. */
  readonly key: string;
  readonly servicePort: number | string;
  /** The Services of the controller that lead to its port. */
  readonly fronts: readonly KubeObject[];
  /** The port is open on the nodes of the controller. */
  readonly isOnNode: boolean;
}

/** `namespace/service:port`, with words for the PROXY protocol or TLS behind. */
const TARGET = /^\s*([^/:\s]+\/[^/:\s]+):([^:\s]+)/;

function leadsTo(service: KubeObject, port: number, ports: StreamController["ports"]): boolean {
  return records(record(service.body.spec).ports).some(({ port: own, targetPort }) => {
    const target = targetPort ?? own;
    return Number(target) === port || ports.some(({ name, number }) => number === port && name !== undefined && name === target);
  });
}

/** All that ingress controllers are told to pass on as it is. */
export const streamsView = defineView({
  reads: ["workloads", "services", "configMaps"],
  compute: ({ slices, view }): readonly Stream[] => {
    const controllers = view(streamControllersView);
    if (controllers.length === 0) return [];
    const { servicesOf } = view(serviceTargetsView);
    const configMaps = new Map(slices.configMaps.map((item) => [`${item.ref.namespace}/${item.ref.name}`, item]));
    return controllers.flatMap(({ named, workloadKey, isOnNode, ports }) => {
      const configMap = configMaps.get(named);
      return Object.entries(textMap(configMap?.body.data)).flatMap(([written, value]): Stream[] => {
        const port = Number(written);
        const [, key, asked] = TARGET.exec(value) ?? [];
        if (!configMap || !Number.isInteger(port) || key === undefined || asked === undefined) return [];
        return [
          {
            configMap,
            path: formatPath(["data", written]),
            value,
            port,
            key,
            servicePort: /^\d+$/.test(asked) ? Number(asked) : asked,
            fronts: (servicesOf.get(workloadKey) ?? []).filter((service) => leadsTo(service, port, ports)),
            isOnNode: isOnNode || ports.some(({ number, hostPort }) => number === port && hostPort !== undefined && hostPort > 0),
          },
        ];
      });
    });
  },
});
