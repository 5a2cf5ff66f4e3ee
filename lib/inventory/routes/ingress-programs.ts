import { amount, type JsonRecord, record, records, text, texts } from "../../model/json";
import { resourceKey } from "../../model/resource-ref";
import { type ComponentFlags, readFlags } from "../nodes/component-flags";
import type { Container } from "../workloads/workload";
import { defineWorkloadFact } from "../workloads/workload-fact";

/** Of ingress-nginx and HAProxy Ingress, and of the controller of HAProxy Technologies: each names a ConfigMap of ports that are passed on as they are. */
const STREAMS = ["tcp-services-configmap", "udp-services-configmap", "configmap-tcp-services"];

/** What an ingress controller shows of itself. ConfigMaps are `namespace/name`. */
export interface IngressProgram {
  readonly workloadKey: string;
  /** ConfigMaps of ports that it passes on as they are. */
  readonly streams: readonly string[];
  /** ConfigMap of its settings, of ingress-nginx; null = it names none, or is another. */
  readonly settings: string | null;
  /** The same of the controller of the company that makes NGINX, which has other settings. */
  readonly ownSettings: string | null;
  readonly image: string;
  /** The name that classes call it by, where its flags say it. */
  readonly controllerClass: string | undefined;
  readonly isOnNode: boolean;
  readonly ports: readonly { readonly name: string | undefined; readonly number: number | undefined; readonly hostPort: number | undefined }[];
}

function configMapOf(flags: ComponentFlags, name: string, own: string | null): readonly string[] {
  const [namespace = "", configMap] = flags.get(name)?.value.split("/") ?? [];
  // Charts write $(POD_NAMESPACE): a variable that the kubelet fills in.
  return configMap ? [`${namespace.startsWith("$(") ? own : namespace}/${configMap}`] : [];
}

/** Asked of every container: to read its flags costs more. */
function namesConfigMap({ command, args }: JsonRecord): boolean {
  return [...texts(command), ...texts(args)].some((word) => word.includes("configmap"));
}

/** Whether a manifest of a Deployment or a DaemonSet may be that of an ingress controller which passes ports on. */
export function mayPassPorts({ spec }: JsonRecord): boolean {
  return records(record(record(record(spec).template).spec).containers).some(namesConfigMap);
}

const NGINX_IMAGE = /(?:^|\/)(?:ingress-nginx\/|nginx-ingress-controller[:@])/;

function isNginx({ spec }: Container): boolean {
  return NGINX_IMAGE.test(text(spec.image) ?? "") || [...texts(spec.command), ...texts(spec.args)].some((word) => word.endsWith("/nginx-ingress-controller"));
}

/** The containers that name ConfigMaps as ingress controllers do. */
export const ingressProgramsView = defineWorkloadFact({
  start: (): IngressProgram[] => [],
  add: (found, { ref, isFinished }, pods) => {
    if (isFinished) return;
    for (const { source, spec, containers } of pods) {
      if (source !== "template") continue;
      for (const container of containers) {
        if (!namesConfigMap(container.spec)) continue;
        const flags = readFlags(container);
        const streams = STREAMS.flatMap((name) => configMapOf(flags, name, ref.namespace));
        const [named = null] = configMapOf(flags, "configmap", ref.namespace);
        const settings = named !== null && isNginx(container) ? named : null;
        const [ownSettings = null] = configMapOf(flags, "nginx-configmaps", ref.namespace);
        if (streams.length === 0 && settings === null && ownSettings === null) continue;
        found.push({
          workloadKey: resourceKey(ref),
          streams,
          settings,
          ownSettings,
          image: text(container.spec.image) ?? "",
          controllerClass: flags.get("controller-class")?.value,
          isOnNode: spec.hostNetwork === true,
          ports: records(container.spec.ports).map((port) => ({
            name: text(port.name),
            number: amount(port.containerPort),
            hostPort: amount(port.hostPort),
          })),
        });
      }
    }
  },
});
