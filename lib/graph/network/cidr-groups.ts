import type { KubeObject } from "../../inventory/kube-object";
import { matchesSelector } from "../../inventory/labels/label-selector";
import { isRecord, type JsonRecord, record, text, texts } from "../../model/json";
import { rememberedOf } from "../../model/remembered";

/** Ranges that policies of Cilium name: https://docs.cilium.io/en/stable/network/kubernetes/ciliumcidrgroup/. */
export interface CidrGroups {
  readonly objects: readonly KubeObject[];
  /** No other group exists. */
  readonly isWhole: boolean;
  /** Why groups could not be read. */
  readonly gap?: string | undefined;
}

export function isCidrGroup({ ref }: KubeObject): boolean {
  return ref.kind === "CiliumCIDRGroup" && ref.apiVersion.startsWith("cilium.io/");
}

/** The ranges of the groups that an entry of a rule asks for. */
interface GroupRanges {
  readonly ranges: readonly string[];
  /** What it asks for, in words, where that may be more than was read. */
  readonly unread?: string;
}

const rangesIn = rememberedOf((groups: CidrGroups) => rememberedOf((entry: JsonRecord) => findRanges(entry, groups)));

/** Null = the entry names a range itself. Groups are looked through once for each entry, however many pods ask. */
export function rangesOfGroups(entry: JsonRecord, groups: CidrGroups): GroupRanges | null {
  if (text(entry.cidrGroupRef) === undefined && !isRecord(entry.cidrGroupSelector)) return null;
  return rangesIn(groups)(entry);
}

/** A group that does not exist holds no address. */
function findRanges({ cidrGroupRef, cidrGroupSelector }: JsonRecord, { objects, isWhole }: CidrGroups): GroupRanges {
  const name = text(cidrGroupRef);
  const found = objects.filter(({ ref, labels }) => (name === undefined ? matchesSelector(cidrGroupSelector, labels) : ref.name === name));
  const ranges = found.flatMap(({ body }) => texts(record(body.spec).externalCIDRs));
  if (isWhole || (name !== undefined && found.length > 0)) return { ranges };
  return { ranges, unread: name === undefined ? "CiliumCIDRGroups by their labels" : `CiliumCIDRGroup ${name}` };
}
