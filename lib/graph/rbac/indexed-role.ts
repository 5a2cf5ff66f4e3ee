import type { KubeObject } from "../../inventory/kube-object";
import type { PolicyRule } from "./principal";

export interface IndexedRole {
  readonly object: KubeObject;
  readonly rules: readonly PolicyRule[];
}
