import { formatPath } from "../../model/field-path";
import { record, records, textMap } from "../../model/json";
import { type IngressProgram, ingressProgramsView } from "./ingress-programs";
import type { KubeObject } from "../kube-object";
import { serviceTargetsView } from "./service-targets";
import { defineView } from "../view";

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

const PORT = /^\d+$/;

/** `namespace/service:port`, with words for the PROXY protocol or TLS behind. */
const TARGET = /^\s*([^/:\s]+\/[^/:\s]+):([^:\s]+)/;

function leadsTo(service: KubeObject, port: number, ports: IngressProgram["ports"]): boolean {
  return records(record(service.body.spec).ports).some(({ port: own, targetPort }) => {
    const target = targetPort ?? own;
    return Number(target) === port || ports.some(({ name, number }) => number === port && name !== undefined && name === target);
  });
}

interface StreamMap {
  readonly configMap: KubeObject;
  readonly entries: readonly (readonly [written: string, value: string])[];
}

/** Of a ConfigMap, what may be ports that are passed on, by the form of each entry. */
function listEntries({ body }: KubeObject): StreamMap["entries"] {
  return Object.entries(textMap(body.data)).filter(([written, value]) => PORT.test(written) && TARGET.test(value));
}

/** All that ingress controllers are told to pass on as it is. */
export const streamsView = defineView({
  reads: ["workloads", "services", "configMaps"],
  compute: ({ slices, view }): readonly Stream[] => {
    const maps = slices.configMaps.map((configMap): StreamMap => ({ configMap, entries: listEntries(configMap) })).filter(({ entries }) => entries.length > 0);
    if (maps.length === 0) return [];
    const { servicesOf } = view(serviceTargetsView);
    const byName = new Map(maps.map((item) => [`${item.configMap.ref.namespace}/${item.configMap.ref.name}`, item]));
    return view(ingressProgramsView).flatMap(({ streams, workloadKey, isOnNode, ports }) =>
      streams.flatMap((name) => {
        const { configMap, entries = [] } = byName.get(name) ?? {};
        return entries.flatMap(([written, value]): Stream[] => {
          const [, key, asked] = TARGET.exec(value) ?? [];
          if (!configMap || key === undefined || asked === undefined) return [];
          const port = Number(written);
          return [
            {
              configMap,
              path: formatPath(["data", written]),
              value,
              port,
              key,
              servicePort: PORT.test(asked) ? Number(asked) : asked,
              fronts: (servicesOf.get(workloadKey) ?? []).filter((service) => leadsTo(service, port, ports)),
              isOnNode: isOnNode || ports.some(({ number, hostPort }) => number === port && hostPort !== undefined && hostPort > 0),
            },
          ];
        });
      }),
    );
  },
});
