import type { ResourceRef } from "../model/resource-ref";

/** One step of why an answer is what it is: the object, the field in it, one sentence. */
export interface Reason {
  readonly message: string;
  readonly object?: ResourceRef;
  readonly path?: string;
}

/** null = cannot be told; `because` then says why. */
export interface Answer {
  readonly allowed: boolean | null;
  readonly because: readonly Reason[];
  /** With `allowed: null`: true for some addresses or nodes of the other end and false for others. */
  readonly isPartial?: true;
  /** No rule decided, since none that was found names it: one that was not given may. */
  readonly isByAbsence?: true;
}
