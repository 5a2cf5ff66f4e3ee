import { inPortions } from "../../model/in-portions";
import type { ResourceRef } from "../../model/resource-ref";
import type { Workload } from "../../inventory/workloads/workload";
import type { Endpoint } from "./endpoint";
import { toEndpoint } from "./endpoints";
import { isNameServer } from "./segregate";
import { type SelectorUse, signatureOf } from "./selector-use";

/** Pod shapes of one namespace that no policy of the set can tell apart. */
export interface ReachClass {
  readonly index: number;
  /** Any of its pods: policies see them all alike. */
  readonly endpoint: Endpoint;
  readonly namespace: string;
  /** Which of the classes of its namespace it is. */
  readonly place: number;
  /** Its workloads, each once. */
  readonly members: readonly ResourceRef[];
  /** Which outward class it belongs to. */
  readonly outward: number;
}

/** What policies of other namespaces see of pods: up to two samples, so that one lies outside any given namespace. */
interface OutwardClass {
  readonly samples: readonly Endpoint[];
}

export interface ReachClasses {
  readonly classes: readonly ReachClass[];
  readonly outward: readonly OutwardClass[];
  /** `namespace/Kind/name` -> indexes of its classes, one for each pod shape that policies tell apart. */
  readonly byWorkload: ReadonlyMap<string, readonly number[]>;
}

export function workloadKeyOf(ref: ResourceRef): string {
  return `${ref.namespace}/${ref.kind}/${ref.name}`;
}

function namedPortsOf({ namedPorts }: Endpoint, names: ReadonlySet<string>): string {
  return namedPorts
    .filter((port) => names.has(port.name))
    .map((port) => `${port.name}:${port.port}/${port.protocol}`)
    .sort()
    .join(",");
}

/** All that decides between networks. */
function networkOf(endpoint: Endpoint): string {
  const { network, openPorts, namespace } = endpoint;
  if (!network) return isNameServer(endpoint) ? "names" : "";
  return [network.key ?? `? ${namespace}`, ...(openPorts ?? []).map(({ protocol, port }) => `${protocol}${port}`)].join();
}

interface Draft {
  readonly endpoint: Endpoint;
  readonly members: Map<string, ResourceRef>;
  readonly outward: number;
}

/** Puts the pods of workloads into classes, some workloads at a time: all of a large cluster take long. Finished Jobs are left out. */
export class ClassSorter {
  /** Sorts the next ones; false = all are sorted. */
  readonly take: (most?: number) => boolean;
  readonly #namespaceLabels: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly #use: SelectorUse;
  readonly #around: Parameters<typeof toEndpoint>[3];
  readonly #drafts = new Map<string, Draft>();
  readonly #outward = new Map<string, { readonly index: number; readonly samples: Endpoint[] }>();
  readonly #keysOf = new Map<string, Set<string>>();

  constructor(
    workloads: readonly Workload[],
    namespaceLabels: ReadonlyMap<string, Readonly<Record<string, string>>>,
    use: SelectorUse,
    around: Parameters<typeof toEndpoint>[3],
  ) {
    this.take = inPortions(workloads, (workload) => this.#add(workload));
    this.#namespaceLabels = namespaceLabels;
    this.#use = use;
    this.#around = around;
  }

  #add(workload: Workload): void {
    if (workload.isFinished) return;
    const use = this.#use;
    for (const pod of workload.views()) {
      const endpoint = toEndpoint(workload, pod, this.#namespaceLabels, this.#around);
      const { namespace } = endpoint;
      const local = use.local.get(namespace);
      const common = `${endpoint.isHostNetwork}|${namedPortsOf(endpoint, use.portNames)}|${networkOf(endpoint)}|${use.hasAccounts ? `${namespace}/${endpoint.account}` : ""}|`;
      const outwardKey = `${signatureOf(endpoint.namespaceLabels, [use.namespaces])}|${common}${signatureOf(endpoint.labels, [use.pods])}`;
      const seen = this.#outward.get(outwardKey) ?? { index: this.#outward.size, samples: [] };
      this.#outward.set(outwardKey, seen);
      if (seen.samples.length < 2 && !seen.samples.some((sample) => sample.namespace === namespace)) seen.samples.push(endpoint);
      const key = `${namespace}|${common}${signatureOf(endpoint.labels, local ? [local, use.pods] : [use.pods])}`;
      const draft = this.#drafts.get(key) ?? { endpoint, members: new Map(), outward: seen.index };
      this.#drafts.set(key, draft);
      const name = workloadKeyOf(workload.ref);
      draft.members.set(name, workload.ref);
      this.#keysOf.set(name, (this.#keysOf.get(name) ?? new Set()).add(key));
    }
  }

  /** All classes, with those sorted that were not yet. */
  finish(): ReachClasses {
    this.take();
    const places = new Map<string, number>();
    const placeIn = (namespace: string): number => {
      const place = places.get(namespace) ?? 0;
      places.set(namespace, place + 1);
      return place;
    };
    const order = new Map([...this.#drafts.keys()].map((key, index) => [key, index]));
    return {
      classes: [...this.#drafts.values()].map(({ endpoint, members, outward: toOthers }, index) => ({
        index,
        endpoint,
        namespace: endpoint.namespace,
        place: placeIn(endpoint.namespace),
        members: [...members.values()],
        outward: toOthers,
      })),
      outward: [...this.#outward.values()].map(({ samples }) => ({ samples })),
      byWorkload: new Map([...this.#keysOf].map(([name, keys]) => [name, [...keys].flatMap((key) => order.get(key) ?? [])])),
    };
  }
}
