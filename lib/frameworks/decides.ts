import type { Clause } from "./framework";
import type { FrameworkKey } from "./frameworks";

/** A control as the clause tables see it. */
export interface Mapped {
  readonly id: string;
  readonly frameworks: { readonly [K in FrameworkKey]?: readonly string[] };
}

/** Whether a control has a say in a clause: it names it or a number that it had, the clause names it, or both name the same clause of CIS Kubernetes. */
export function decides(control: Mapped, key: FrameworkKey, clause: Clause): boolean {
  const own = control.frameworks[key] ?? [];
  return (
    own.includes(clause.id) ||
    clause.formerly.some((id) => own.includes(id)) ||
    clause.controls.includes(control.id) ||
    clause.follows.some((id) => (control.frameworks.cis ?? []).includes(id))
  );
}
