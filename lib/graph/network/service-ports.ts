import { amount, type JsonRecord, record, records, text, textMap } from "../../model/json";
import type { KubeObject } from "../../inventory/kube-object";

/** A port of the pods behind a Service, as a rule of a NetworkPolicy names it. */
export interface PolicyPort {
  readonly protocol: string;
  readonly port: number | string;
}

interface ServicePort {
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly target: PolicyPort;
}

export function listServicePorts(service: KubeObject): readonly ServicePort[] {
  return records(record(service.body.spec).ports).flatMap((item): ServicePort[] => {
    const port = amount(item.port);
    const { targetPort } = item;
    const target = typeof targetPort === "number" && targetPort > 0 ? targetPort : (text(targetPort) ?? port);
    if (target === undefined || target === "") return [];
    const number = typeof target === "string" && /^\d+$/.test(target) ? Number(target) : target;
    return [{ name: text(item.name), port, target: { protocol: text(item.protocol) ?? "TCP", port: number } }];
  });
}

/** The pods' ports behind some ports of a Service, by number or name; null = all of its ports. */
export function targetsOf(service: KubeObject, asked: number | string | null): readonly PolicyPort[] {
  const ports = listServicePorts(service);
  return ports.filter(({ name, port }) => asked === null || port === asked || (name !== undefined && name === asked)).map(({ target }) => target);
}

/** Null when a Service chooses its pods by hand, or is only a name. */
export function serviceSelector(service: KubeObject): JsonRecord | null {
  const { selector, type } = record(service.body.spec);
  const labels = textMap(selector);
  return type === "ExternalName" || Object.keys(labels).length === 0 ? null : { matchLabels: labels };
}
