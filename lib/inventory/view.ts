import type { Inventory } from "./inventory";
import type { SliceItems, SliceName, UnreadKind } from "./slices";

/** What is known about the whole set, whatever slices are read. */
type Facts = Pick<Inventory, "kubeVersion" | "isComplete" | "observedAt" | "settings" | "distribution" | "unanswered" | "arePodsAnywhere">;

/** A derived answer over some slices, computed once per inventory ("which policies select this pod"). */
export interface View<R extends SliceName, T> {
  readonly reads: readonly R[];
  readonly compute: (context: Context<R>) => T;
}

/** All that a control may see beside its subject: the slices it declares, and views over them. */
export type Context<R extends SliceName> = Facts & {
  readonly slices: Pick<SliceItems, R>;
  /** False for what could not be read, of which `slices` holds nothing: then nothing can be concluded from absence. */
  readonly isRead: (slice: R) => boolean;
  /** The kinds that a slice of `READ_BY_KIND` stands without. */
  readonly listUnread: (slice: R) => readonly UnreadKind[];
  readonly view: <V extends R, T>(view: View<V, T>) => T;
};

export function defineView<const R extends SliceName, T>(view: View<R, T>): View<R, T> {
  return view;
}
