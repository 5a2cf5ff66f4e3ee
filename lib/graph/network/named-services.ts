import type { KubeObject } from "../../inventory/kube-object";
import { followName } from "../../inventory/routes/service-name";
import { servicesByKeyView } from "../../inventory/routes/services-by-key";
import { defineView } from "../../inventory/view";
import { templateContainers } from "../../inventory/workloads/template-containers";
import type { Container, Workload } from "../../inventory/workloads/workload";
import { records, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";
import { LAST_PORT } from "./port-span";
import { workloadKeyOf } from "./reach-classes";

/** A Service, or a host outside, that a workload's own settings name. */
export interface NamedPeer {
  readonly service: KubeObject | null;
  /** Of a host outside. */
  readonly host: string | null;
  /** As written: a port of the Service; null = none is written. */
  readonly port: number | null;
  /** Where it is written, e.g. `spec.template.spec.containers[0].env[2].value`. */
  readonly path: string;
}

const HOST = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^\s/@]*@)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(\d{1,5}))?(?:[/?#].*)?$/i;
const NAMES_A_PEER = /(?:HOST|HOSTNAME|URL|URI|ADDR|ADDRESS|ADDRESSES|ENDPOINT|ENDPOINTS|SERVICE|SERVER|SERVERS|UPSTREAM|BROKERS|DSN|TARGET)$/i;
const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443, grpc: 80, grpcs: 443 };

interface Written {
  readonly value: string;
  readonly path: string;
  /** A bare word is a host only where the setting's name says so. */
  readonly mayBeBare: boolean;
}

function listWritten(container: Container): readonly Written[] {
  const env = records(container.spec.env).flatMap((item, i): Written[] => {
    const value = text(item.value);
    return value ? [{ value, path: container.at(`env[${i}].value`), mayBeBare: NAMES_A_PEER.test(text(item.name) ?? "") }] : [];
  });
  const words = (["command", "args"] as const).flatMap((field) =>
    texts(container.spec[field]).map((argument, i): Written => {
      const [, name, value] = /^--?([\w.-]+)=(.*)$/s.exec(argument) ?? [];
      return { value: value ?? argument, path: container.at(`${field}[${i}]`), mayBeBare: name !== undefined && NAMES_A_PEER.test(name) };
    }),
  );
  return [...env, ...words];
}

function toPeers(written: Written, namespace: string, services: ReadonlyMap<string, KubeObject>): readonly NamedPeer[] {
  return written.value.split(/[,;\s]+/).flatMap((part): NamedPeer[] => {
    const [, scheme, host, number] = HOST.exec(part) ?? [];
    if (!host || (scheme === undefined && number === undefined && !written.mayBeBare)) return [];
    // No port has such a number, so nothing is asked of it, and a policy that named it would be refused.
    if (number !== undefined && (Number(number) < 1 || Number(number) > LAST_PORT)) return [];
    const [name = "", other, svc] = host.toLowerCase().split(".");
    const isQualified = other !== undefined && (svc === undefined || svc === "svc");
    const found = services.get(`${other === undefined ? namespace : other}/${name}`);
    const service = found && followName(found, (key) => services.get(key));
    const port = number === undefined ? null : Number(number);
    if (service && (other === undefined || isQualified)) return [{ service, host: null, port, path: written.path }];
    const isOutside = scheme !== undefined && /\.[a-z]{2,}$/i.test(host) && !/\.(?:svc|local|internal|localdomain)$/i.test(host) && svc !== "svc";
    const asked = port ?? PORTS[scheme?.toLowerCase() ?? ""] ?? null;
    return isOutside && asked !== null ? [{ service: null, host, port: asked, path: written.path }] : [];
  });
}

/** What the environment and the arguments of a workload name, each peer once. */
export const peersOfView = defineView({
  reads: ["services"],
  compute: ({ view }): ((workload: Workload) => readonly NamedPeer[]) => {
    const services = view(servicesByKeyView);
    return rememberedOf((workload) => {
      const found = templateContainers(workload)
        .flatMap(listWritten)
        .flatMap((item) => toPeers(item, workload.ref.namespace ?? "default", services));
      return [...new Map(found.map((peer) => [`${peer.service?.ref.namespace}/${peer.service?.ref.name} ${peer.host}:${peer.port}`, peer])).values()];
    });
  },
});

/** The same of all workloads that name any, by `namespace/Kind/name`. */
export const namedPeersView = defineView({
  reads: ["workloads", "services"],
  compute: ({ slices, view }): ReadonlyMap<string, readonly NamedPeer[]> => {
    const peersOf = view(peersOfView);
    return new Map(slices.workloads.map((workload) => [workloadKeyOf(workload.ref), peersOf(workload)] as const).filter(([, peers]) => peers.length > 0));
  },
});
