import { isRecord, type JsonRecord } from "../../model/json";
import type { Reason } from "../reason";
import type { Direction } from "./endpoint";
import type { PolicyPort } from "./service-ports";

/** The other end of what a policy must let through. */
export type NeedPeers =
  /** Any address: nodes, the outside, and pods. */
  | { readonly kind: "anywhere" }
  /** Every pod of every namespace. */
  | { readonly kind: "cluster" }
  | { readonly kind: "pods"; readonly namespace: string /** Null = all of the namespace. */; readonly selector: JsonRecord | null }
  /** Addresses outside of the cluster, without that of the cloud's metadata service. */
  | { readonly kind: "outside" };

/** Something that objects say a workload serves or asks for. */
export interface PolicyNeed {
  readonly direction: Direction;
  readonly peers: NeedPeers;
  /** Null = every port. */
  readonly ports: readonly PolicyPort[] | null;
  readonly because: Reason;
}

const NAME_LABEL = "kubernetes.io/metadata.name";
const METADATA_ADDRESS = "169.254.169.254/32";

/** Peers as a rule in `namespace` writes them; null = no peers, which is any address. */
export function toPeerList(peers: NeedPeers, namespace: string, hasIpv6: boolean): readonly JsonRecord[] | null {
  switch (peers.kind) {
    case "anywhere":
      return null;
    case "cluster":
      return [{ namespaceSelector: {} }];
    case "outside": {
      const world = { ipBlock: { cidr: "0.0.0.0/0", except: [METADATA_ADDRESS] } };
      return hasIpv6 ? [world, { ipBlock: { cidr: "::/0", except: ["fd00:ec2::254/128"] } }] : [world];
    }
    case "pods": {
      const where = peers.namespace === namespace ? {} : { namespaceSelector: { matchLabels: { [NAME_LABEL]: peers.namespace } } };
      const isWhole = peers.selector === null && peers.namespace !== namespace;
      return [{ ...where, ...(!isWhole && { podSelector: peers.selector ?? {} }) }];
    }
  }
}

export function peersKey(peers: NeedPeers): string {
  return peers.kind === "pods" ? `pods ${peers.namespace} ${isRecord(peers.selector) ? JSON.stringify(peers.selector) : ""}` : peers.kind;
}

export function portKey({ protocol, port }: PolicyPort): string {
  return `${protocol} ${port}`;
}
