import type { ResourceRef } from "../../model/resource-ref";
import type { Reason } from "../reason";
import type { PodNetwork } from "./pod-networks";

export interface NamedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** What network policies see of one end of a connection. */
export interface Endpoint {
  readonly ref: ResourceRef;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Keys of those that may not count. */
  readonly mayLack?: readonly string[];
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly isHostNetwork: boolean;
  /** Name of the service account that it runs as; "" = none in particular, left out = not known. */
  readonly account?: string;
  /** "absent" = named in a question but not in the set, so that its labels are not known; "external" = any address outside. */
  readonly kind?: "absent" | "external";
  /** Of one address outside, where a question is about that one. */
  readonly address?: string;
  readonly namedPorts: readonly NamedPort[];
  /** Left out = the network that the cluster has for all. */
  readonly network?: PodNetwork;
  /** Ports that a pod of another network opens to that of the cluster. */
  readonly openPorts?: readonly Target[];
  /** What may connect its network to others. */
  readonly connect?: Reason;
}

/** Whether it has an address of the network that pods have, and of no node. */
export function isPodOfNetwork({ kind, isHostNetwork }: Endpoint): boolean {
  return kind !== "external" && !isHostNetwork;
}

/** Whether all is known of it that NetworkPolicies can ask for, and it lies in the network that the cluster has for all. */
export function isPlain({ kind, isHostNetwork, mayLack, network }: Endpoint): boolean {
  return kind !== "absent" && !isHostNetwork && mayLack === undefined && network === undefined;
}

/** One port of one protocol, as a connection uses it. */
export interface Target {
  readonly port: number;
  readonly protocol: string;
}

export type Direction = "ingress" | "egress";
