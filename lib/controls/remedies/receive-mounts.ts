import type { Container } from "../../inventory/workloads/workload";
import { records } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import { set } from "./ops";

/** Only privileged containers may mount back to their node: such mounts are kept, one way. For containers that `privileged` is taken from. */
export function receiveMounts(container: Container): readonly PatchOp[] {
  return records(container.spec.volumeMounts).flatMap((mount, index) =>
    mount.mountPropagation === "Bidirectional" ? [set(container.at(`volumeMounts[${index}].mountPropagation`), "HostToContainer")] : [],
  );
}
