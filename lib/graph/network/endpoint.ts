import type { ResourceRef } from "../../model/resource-ref";

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
  readonly namespaceLabels: Readonly<Record<string, string>>;
  readonly isHostNetwork: boolean;
  /** "absent" = named in a question but not in the set, so that its labels are not known; "external" = any address outside. */
  readonly kind?: "absent" | "external";
  readonly namedPorts: readonly NamedPort[];
}

/** One port of one protocol, as a connection uses it. */
export interface Target {
  readonly port: number;
  readonly protocol: string;
}

export type Direction = "ingress" | "egress";
