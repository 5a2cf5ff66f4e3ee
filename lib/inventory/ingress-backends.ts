import { amount, record, records, text } from "../model/json";
import type { KubeObject } from "./kube-object";

/** A Service, of the namespace of its Ingress, and the port of it that is asked for, by number or name; null = none is named. */
interface IngressBackend {
  readonly name: string;
  readonly port: number | string | null;
}

/** Where an Ingress leads, in the order of its text. Backends that are no Services are left out. */
export function listBackends({ body }: KubeObject): readonly IngressBackend[] {
  const spec = record(body.spec);
  const paths = records(spec.rules).flatMap((rule) => records(record(rule.http).paths));
  return [spec.defaultBackend, spec.backend, ...paths.map((path) => path.backend)].flatMap((backend): IngressBackend[] => {
    const { service, serviceName, servicePort } = record(backend);
    const name = text(record(service).name) ?? text(serviceName);
    if (name === undefined) return [];
    const port = record(record(service).port);
    return [{ name, port: amount(port.number) ?? text(port.name) ?? amount(servicePort) ?? text(servicePort) ?? null }];
  });
}
