import type { Answer } from "../reason";
import { decide } from "./decision";
import type { Direction, Endpoint, Target } from "./endpoint";
import type { Isolation } from "./isolation";
import type { PolicyIndex } from "./policy-index";

/** What policies of other APIs (Cilium, Calico) say; null = none of them has a say. */
export function decideForeign(index: PolicyIndex, _self: Endpoint, _other: Endpoint, _direction: Direction, _target: Target): Answer | null {
  const first = index.foreign[0];
  return first ? decide(null, `${first.ref.kind} ${first.ref.name} could not be interpreted.`, first.ref) : null;
}

/** Whether policies of other APIs isolate a pod; null = none of them has a say. */
export function foreignIsolation(index: PolicyIndex, _pod: Endpoint, _direction: Direction): Isolation | null {
  const first = index.foreign[0];
  return first ? { state: "unknown", by: [first.ref], reason: `${first.ref.kind} ${first.ref.name} could not be interpreted.` } : null;
}
