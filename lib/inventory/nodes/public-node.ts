import { dig, records, text } from "../../model/json";
import { isVirtualNode } from "../cloud/cloud-provider";
import { isIpAddress, isPublicAddress } from "../../model/ip-address";
import type { KubeObject } from "../kube-object";
import { defineView } from "../view";

/** An address that a node reports, with its place in `status.addresses`. */
export interface NodeAddress {
  readonly index: number;
  readonly type: string;
  readonly address: string;
}

function listAddresses(node: KubeObject): readonly NodeAddress[] {
  const entries = records(dig(node.body, "status", "addresses"));
  return entries
    .map((entry, index) => ({ index, type: text(entry.type) ?? "", address: text(entry.address) ?? "" }))
    .filter(({ type, address }) => (type === "ExternalIP" || type === "InternalIP") && isIpAddress(address));
}

/** Whether a node reports no address but names: until its cloud has told the addresses of a new node, the kubelet reports its name alone. */
export function hidesAddresses(node: KubeObject): boolean {
  return listAddresses(node).length === 0;
}

/** The addresses of a node that are routed on the internet, of whatever type: machines on premises report private ones as ExternalIP too. */
export function listPublicAddresses(node: KubeObject): readonly NodeAddress[] {
  return listAddresses(node).filter(({ address }) => isPublicAddress(address));
}

/** The first machine with an address on the internet: nothing listens on the ports of a virtual node. */
export const publicNodeView = defineView({
  reads: ["nodes"],
  compute: ({ slices }): KubeObject | null => slices.nodes.find((node) => !isVirtualNode(node) && listPublicAddresses(node).length > 0) ?? null,
});

/** The first machine of which that cannot be told. */
export const hiddenNodeView = defineView({
  reads: ["nodes"],
  compute: ({ slices }): KubeObject | null => slices.nodes.find((node) => !isVirtualNode(node) && hidesAddresses(node)) ?? null,
});
