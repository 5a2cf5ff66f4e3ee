import { amount, type JsonRecord, list, record, records, text } from "../../model/json";
import type { KubeObject } from "../kube-object";

/** A Service, of the namespace of its Ingress, and the port of it that is asked for, by number or name; null = none is named. */
interface IngressBackend {
  readonly name: string;
  readonly port: number | string | null;
}

/** By the port that it names, a backend asks for the action of an annotation of its Ingress in place of a Service. */
const BY_ACTION = "use-annotation";
const ACTIONS = "alb.ingress.kubernetes.io/actions.";

/** As the controller of AWS reads JSON: capitals do not count in names. */
function parseAction(json: string): JsonRecord {
  try {
    return record(
      JSON.parse(json, (_, value: unknown) =>
        value !== null && typeof value === "object" && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name.toLowerCase(), item]))
          : value,
      ),
    );
  } catch {
    return {};
  }
}

/** The Services that a load balancer of AWS forwards to; none for an answer of its own, and for groups that something else made. */
function listForwarded(json: string | undefined): readonly IngressBackend[] {
  const action = parseAction(json ?? "");
  const groups = list(record(action.forwardconfig).targetgroups).map(record);
  return groups.flatMap(({ servicename, serviceport, weight }): IngressBackend[] => {
    const name = text(servicename);
    if (name === undefined || (weight === 0 && groups.length > 1)) return [];
    const port = text(serviceport);
    return [{ name, port: amount(serviceport) ?? (port !== undefined && /^\d+$/.test(port) ? Number(port) : (port ?? null)) }];
  });
}

/** Where an Ingress leads, in the order of its text. Backends that are no Services are left out. */
export function listBackends({ body, annotations }: KubeObject): readonly IngressBackend[] {
  const spec = record(body.spec);
  const paths = records(spec.rules).flatMap((rule) => records(record(rule.http).paths));
  return [spec.defaultBackend, spec.backend, ...paths.map((path) => path.backend)].flatMap((backend): readonly IngressBackend[] => {
    const { service, serviceName, servicePort } = record(backend);
    const name = text(record(service).name) ?? text(serviceName);
    if (name === undefined) return [];
    const { number, name: named } = record(record(service).port);
    const port = amount(number) ?? text(named) ?? amount(servicePort) ?? text(servicePort) ?? null;
    return port === BY_ACTION ? listForwarded(annotations[`${ACTIONS}${name}`]) : [{ name, port }];
  });
}

/** The Services of its namespace that an Ingress leads to, with the ports that it asks each for. */
export function backendPorts(ingress: KubeObject): ReadonlyMap<string, readonly IngressBackend["port"][]> {
  const found = new Map<string, IngressBackend["port"][]>();
  for (const { name, port } of listBackends(ingress)) found.set(name, [...(found.get(name) ?? []), port]);
  return found;
}
