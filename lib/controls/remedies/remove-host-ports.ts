import type { Container } from "../../inventory/workloads/workload";
import { list, record } from "../../model/json";
import type { PatchOp } from "../../model/patch";
import { remove } from "./ops";

export function removeHostPorts(containers: readonly Container[]): readonly PatchOp[] {
  return containers.flatMap((container) =>
    list(container.spec.ports).flatMap((port, i) => (record(port).hostPort === undefined ? [] : [remove(container.at(`ports[${i}].hostPort`))])),
  );
}
