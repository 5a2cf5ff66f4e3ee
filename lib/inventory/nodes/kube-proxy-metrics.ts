import { isLoopback } from "../../model/is-loopback";
import { list, record, records, text } from "../../model/json";
import type { ResourceRef } from "../../model/resource-ref";
import type { KubeObject } from "../kube-object";
import { parseSettingsFile } from "../values/parse-settings-file";
import { findMountedFile } from "../workloads/find-volume";
import type { Container, PodView } from "../workloads/workload";
import { type ComponentFlags, readFlags, toInteger, writeFlag } from "./component-flags";
import type { KubeProxy } from "./kube-proxy";
import { givenFlags, type ServerArgs, toContainer, valuesOf } from "./node-args";

/** Where one kube-proxy is told to serve its metrics for others than its own node. */
interface OpenMetrics {
  readonly address: string;
  readonly object: ResourceRef;
  readonly path: string;
  readonly value: string | undefined;
}

/** null = on loopback, which is the default, or nowhere; a sentence = it cannot be told. */
export type MetricsAnswer = OpenMetrics | null | string;

const FLAG = "metrics-bind-address";
const FIELD = "metricsBindAddress";

/** What the host of `host`, `host:port` or `[host]:port` is. */
function hostOf(address: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([^:]*)(?::\d+)?$/.exec(address)?.[1] ?? address;
}

/** An address as kube-proxy takes it, or what the pod says of itself, which is never loopback. */
const ADDRESS = /^(?:[\da-fA-F.:]+|localhost|\$\([^)]+\))$/;

function judgeAddress(address: string, where: Omit<OpenMetrics, "address">): MetricsAnswer {
  const host = hostOf(address);
  if (isLoopback(host)) return null;
  return ADDRESS.test(host) ? { address, ...where } : `kube-proxy does not start with ${address} as the address of its metrics: it is none.`;
}

/** What the text of a configuration file of kube-proxy says; `where` = the object and the key that hold it. */
export function judgeMetricsConfig(config: string, { ref, key }: { readonly ref: ResourceRef; readonly key: string }): MetricsAnswer {
  const settings = record(parseSettingsFile(config)?.value);
  const address = text(settings[FIELD] ?? "");
  if (settings.kind !== "KubeProxyConfiguration" || address === undefined)
    return `What ConfigMap ${ref.name} holds under ${key} cannot be read as settings of kube-proxy.`;
  if (address === "") return null;
  return judgeAddress(address, { object: ref, path: `data["${key}"]`, value: `${FIELD}: ${address}` });
}

/** The ConfigMap and the key in it that a file of a container is made of; null = it is of the node or of the image. */
function findSource(pod: PodView, container: Container, path: string): { readonly name: string; readonly key: string } | null {
  const mounted = findMountedFile(pod, container, path);
  if (!mounted) return null;
  const sources = [mounted.volume, ...records(record(mounted.volume.projected).sources)].map(({ configMap }) => record(configMap));
  for (const source of sources) {
    const name = text(source.name);
    if (name === undefined) continue;
    const items = records(source.items);
    const key = items.length === 0 ? mounted.file : text(items.find((item) => item.path === mounted.file)?.key);
    if (key !== undefined) return { name, key };
  }
  return null;
}

/** With a configuration file kube-proxy heeds no flag for its metrics. */
function judgeFlags(flags: ComponentFlags, where: Pick<OpenMetrics, "object"> & { readonly isOwnPath: boolean }): MetricsAnswer {
  if (flags.isHidden(FLAG)) return `The value of --${FLAG} is in a ConfigMap or Secret, which is not read for it.`;
  const written = flags.get(FLAG);
  if (!written || toInteger(flags.get("metrics-port")) === 0) return null;
  const { object, isOwnPath } = where;
  return judgeAddress(written.value, { object, path: isOwnPath ? written.path : "", value: isOwnPath ? writeFlag(FLAG, written) : undefined });
}

const REDIRECT = /\s\d*>>?\s*\S+/g;
/** One program with its flags, and nothing that a shell would read otherwise. */
const PLAIN_SCRIPT = /^(?:exec\s)?\s*(?:\S*\/)?kube-proxy(?:\s+[\w=.,:/@%+-]+)*\s*$/;

/** How the program is started: as it stands there, or, as on GKE, by a script that is nothing but its flags and where its log goes. */
function readProxyFlags(container: Container): ComponentFlags {
  const flags = readFlags(container);
  const words = [...list(container.spec.command), ...list(container.spec.args)];
  const script = words.length === 3 && words[1] === "-c" ? (text(words[2])?.replace(REDIRECT, "") ?? "") : "";
  if (!flags.isOpaque || !PLAIN_SCRIPT.test(script)) return flags;
  const last = container.at(list(container.spec.args).length > 0 ? `args[${list(container.spec.args).length - 1}]` : "command[2]");
  return readFlags({ spec: { ...container.spec, command: script.trim().split(/\s+/), args: [] }, at: () => last });
}

/** Whether its manifest shows what is started: kube-proxy by name, or flags alone for what its image starts. */
function isShown({ spec }: Container): boolean {
  const words = [...list(spec.command), ...list(spec.args)].map((word) => text(word) ?? "");
  return words.some((word) => /(?:^|\/|\s)kube-proxy(?:\s|$)/.test(word)) || (list(spec.command).length === 0 && words[0]?.startsWith("-") === true);
}

/** Where the kube-proxy of a pod serves its metrics, by its flags or by the ConfigMap that its configuration file is made of. */
export function judgeMetricsOfPod({ object, pod, container }: KubeProxy, configMaps: readonly KubeObject[]): MetricsAnswer {
  const named = `${object.kind} ${object.name}`;
  if (!isShown(container)) return `What the image of ${named} starts kube-proxy with is not in the API.`;
  const flags = readProxyFlags(container);
  if (flags.isOpaque) return `${named} starts kube-proxy through a shell, so its flags cannot be read.`;
  const config = flags.get("config")?.value;
  if (config === undefined) return judgeFlags(flags, { object, isOwnPath: pod.source !== "runtime" });
  const source = findSource(pod, container, config);
  if (!source) return `${named} reads the settings of kube-proxy from ${config}, a file that the API does not show.`;
  const found = configMaps.find(({ ref }) => ref.name === source.name && ref.namespace === object.namespace);
  const written = text(record(found?.body.data)[source.key]);
  if (!found || written === undefined) return `${named} reads the settings of kube-proxy from ConfigMap ${source.name}, which is not among what was read.`;
  return judgeMetricsConfig(written, { ref: found.ref, key: source.key });
}

/** The same of a kube-proxy that K3s runs in its own program, by the flags that it was given: it sets none for the metrics itself. */
export function judgeGivenMetrics(node: KubeObject, args: ServerArgs): MetricsAnswer {
  const flags = readFlags(toContainer(args, givenFlags(valuesOf(args, "--kube-proxy-arg"))));
  const config = flags.get("config")?.value;
  if (config !== undefined) return `Node ${node.ref.name} reads the settings of kube-proxy from ${config}, a file that the API does not show.`;
  return judgeFlags(flags, { object: node.ref, isOwnPath: true });
}
