import type { JsonRecord } from "./json";
import type { ResourceRef } from "./resource-ref";

/** One change of one field; paths are field paths (model/field-path), `[-]` appends. */
export type PatchOp = { readonly op: "set"; readonly path: string; readonly value: unknown } | { readonly op: "remove"; readonly path: string };

/** What a remedy proposes. Shown and copied, never applied by us. */
export interface Patch {
  /** The object to change; left out = the subject of the finding. */
  readonly target?: ResourceRef;
  readonly ops: readonly PatchOp[];
  /** Manifests to apply: objects to create, or to change where they are there. */
  readonly create?: readonly JsonRecord[];
  /** Objects to delete. */
  readonly remove?: readonly ResourceRef[];
  readonly risk: "none" | "restart" | "may-break";
  readonly note?: string;
}
