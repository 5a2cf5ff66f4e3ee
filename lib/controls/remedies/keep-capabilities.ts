import type { Container } from "../../inventory/workloads/workload";
import { record, texts } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import { remove, set } from "./ops";

/** Leaves only the wanted names in `capabilities.add` of the containers; nothing where all are wanted. */
export function keepCapabilities(containers: readonly Container[], isWanted: (capability: string) => boolean): readonly PatchOp[] {
  return containers.flatMap((container) => {
    const add = record(container.securityContext.capabilities).add;
    if (!Array.isArray(add)) return [];
    const kept = texts(add).filter(isWanted);
    if (kept.length === add.length) return [];
    const path = container.at("securityContext.capabilities.add");
    return [kept.length > 0 ? set(path, kept) : remove(path)];
  });
}

/** What the restricted level asks of capabilities: all dropped, and at most the one that it allows kept. */
export function dropAllCapabilities(containers: readonly Container[]): readonly PatchOp[] {
  return [
    ...keepCapabilities(containers, (capability) => capability === "NET_BIND_SERVICE"),
    ...containers
      .filter((container) => !texts(record(container.securityContext.capabilities).drop).includes("ALL"))
      .map((container) => set(container.at("securityContext.capabilities.drop"), ["ALL"])),
  ];
}

/** `CAP_SYS_ADMIN`, `sys_admin` and `SYS_ADMIN` may be one capability: containerd and CRI-O take any case, CRI-O the prefix as well. */
export function capabilityName(capability: string): string {
  const upper = capability.trim().toUpperCase();
  return upper.startsWith("CAP_") ? upper.slice("CAP_".length) : upper;
}
