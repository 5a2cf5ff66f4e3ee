import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatNoun } from "@/lib/format/numbers";
import type { Layer } from "@/lib/model/layer";
import { dig, type JsonRecord, list, record, records, text, texts } from "@/lib/model/json";

type Fact = ResourceResponse["rings"][number]["facts"][number];

const POD_PATHS = [
  ["spec", "template", "spec"],
  ["spec", "jobTemplate", "spec", "template", "spec"],
  ["template", "spec"],
] as const;

/** The pod spec of a workload of any kind; undefined for everything else. */
export function podSpecOf(manifest: unknown): unknown {
  if (text(record(manifest).kind) === "Pod") return record(manifest).spec;
  for (const path of POD_PATHS) {
    const spec = dig(manifest, ...path);
    if (spec !== undefined) return spec;
  }
  return undefined;
}

const fact = (name: string, value: string | undefined, href: string | null = null): Fact[] => (value ? [{ name, value, href }] : []);

/** Keys that are written out; the others are counted. */
const KEYS = 12;

/** In the order in which they start. */
function containersOf(pod: unknown): readonly JsonRecord[] {
  const { initContainers, containers, ephemeralContainers } = record(pod);
  return [initContainers, containers, ephemeralContainers].flatMap(records);
}

function containerFacts(pod: unknown): Fact[] {
  const names = containersOf(pod).map((container) => text(container.name) ?? "");
  const images = containersOf(pod).map((container) => text(container.image) ?? "");
  return [...fact("Containers", names.join(", ")), ...[...new Set(images)].flatMap((image) => fact("Image", image))];
}

/** The few fields that say what a ring of this object is about; read from its manifest. Empty without one. */
export function listResourceFacts(
  layer: Layer,
  manifest: unknown,
  namespace: string | null,
  paths: { readonly serviceAccount: (name: string) => string; readonly namespace: (name: string) => string },
): Fact[] {
  const spec = record(record(manifest).spec);
  const pod = podSpecOf(manifest);
  if (layer === "cloud") {
    return [
      ...fact("Provider id", text(spec.providerID)),
      ...fact("Service type", text(spec.type)),
      ...fact("Load balancer class", text(spec.loadBalancerClass)),
    ];
  }
  if (layer === "cluster") {
    const account = text(record(pod).serviceAccountName) ?? (pod === undefined ? undefined : "default");
    const replicas = typeof spec.replicas === "number" ? String(spec.replicas) : undefined;
    return [
      ...(namespace ? fact("Namespace", namespace, paths.namespace(namespace)) : []),
      ...(account ? fact("Service account", account, paths.serviceAccount(account)) : []),
      ...fact("Replicas", replicas),
      ...fact("Runtime class", text(record(pod).runtimeClassName)),
    ];
  }
  if (layer === "container") return pod === undefined ? [] : containerFacts(pod);
  const secrets = records(record(pod).volumes).flatMap((volume) => [
    text(record(volume.secret).secretName) ?? [],
    ...records(record(volume.projected).sources).map((source) => text(record(source.secret).name) ?? []),
  ]);
  const hosts = records(spec.rules).flatMap((rule) => text(rule.host) ?? []);
  const tls = records(spec.tls).flatMap((entry) => texts(entry.hosts));
  const keys = [...Object.keys(record(record(manifest).data)), ...Object.keys(record(record(manifest).binaryData))];
  const more = keys.length > KEYS ? [`${keys.length - KEYS} more`] : [];
  const sources = containersOf(pod).reduce((sum, container) => sum + list(container.envFrom).length, 0);
  return [
    ...fact("Secrets mounted", [...new Set(secrets.flat())].join(", ")),
    ...fact("Hosts", hosts.join(", ")),
    ...fact("Hosts with TLS", tls.join(", ")),
    ...fact("Keys", [...keys.slice(0, KEYS), ...more].join(", ")),
    ...fact("Env from", sources > 0 ? formatNoun(sources, "source") : undefined),
  ];
}
