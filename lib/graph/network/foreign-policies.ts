import type { Answer } from "../reason";
import { decide } from "./decision";
import type { Direction, Endpoint, Target } from "./endpoint";
import type { PolicyIndex } from "./policy-index";

/** What policies of other APIs (Cilium, Calico) say; null = none of them has a say. */
export function decideForeign(index: PolicyIndex, _self: Endpoint, _other: Endpoint, _direction: Direction, _target: Target): Answer | null {
  const first = index.foreign[0];
  return first ? decide(null, `${first.ref.kind} ${first.ref.name} could not be interpreted.`, first.ref) : null;
}
