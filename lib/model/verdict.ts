import type { Layer } from "./layer";
import type { ResourceRef } from "./resource-ref";
import type { Severity } from "./severity";

/**
 * What a control says of one subject. `unknown` is shown as "Not assessed", `manual` as "Needs review". No control says `waived`: it fails, but under an
 * exception. Nothing grants one so far; tallies, spans and contracts tell it apart, so that no day that is stored has to be read in two ways.
 */
export const STATES = ["pass", "fail", "waived", "not-applicable", "unknown", "manual", "subsumed"] as const;
export type State = (typeof STATES)[number];

/** Platform subjects (kube-system and the like) are assessed and listed, but score separately. */
export const SCOPES = ["workload", "platform"] as const;
export type Scope = (typeof SCOPES)[number];

/** One field that was read, and what it means. */
export interface Evidence {
  /** Field path in the object, e.g. `spec.template.spec.containers[0].securityContext.privileged`; "" = the object as a whole. */
  readonly path: string;
  /** The value as read, as compact JSON of at most 200 characters, redacted; null = the field is not set. */
  readonly value: string | null;
  /** One sentence. */
  readonly message: string;
  readonly container?: string;
  /** What of a control that asks several things is violated: a check of the Pod Security admission plugin, or a flag of a component. */
  readonly check?: string;
  /** `runtime` = seen only in a live pod, not in the template of its owner. */
  readonly source?: "template" | "runtime";
  readonly severity?: Severity;
  /** The object that holds the field, when it is not the subject itself. */
  readonly object?: ResourceRef;
}

const REST = " more of the same kind.";

/** The last entry of evidence that was cut: how many there are besides. */
export function restOfEvidence(count: number): Evidence {
  return { path: "", value: null, message: `${count}${REST}` };
}

type Told = Pick<Evidence, "path" | "message">;

/** Whether an entry only says how many were cut. */
export function isRestOfEvidence({ path, message }: Told): boolean {
  return path === "" && message.endsWith(REST);
}

/** How many observations these entries stand for: one each, and what the last one says of those that were cut. */
export function countEvidence(evidence: readonly Told[]): number {
  return evidence.reduce((sum, entry) => sum + (isRestOfEvidence(entry) ? Number.parseInt(entry.message, 10) : 1), 0);
}

/** Controls whose failure on one object shows what another object fails. Of one and the same object, `subsumedBy` of a control tells. */
export const COVERING_CONTROLS = ["netpol-allow-all", "rbac-cluster-admin-binding"] as const;
export type CoveringControl = (typeof COVERING_CONTROLS)[number];

/** The failures on other objects that show what a subject fails: it is `subsumed` while they are there. */
export interface CoveredElsewhere {
  readonly control: CoveringControl;
  readonly objects: readonly ResourceRef[];
}

/** One result: a control, a subject, a state. */
export interface Verdict {
  readonly control: string;
  readonly layer: Layer;
  /** For fail: the worst severity of its evidence. Else the control's own. */
  readonly severity: Severity;
  readonly state: State;
  /** Why it is unknown, not applicable, manual, waived or subsumed. */
  readonly reason?: string;
  /** Not applicable because its subject does nothing of what the control warns of: what failed there before is fixed. */
  readonly isSafe?: true;
  /** Subsumed by what fails on other objects. */
  readonly coveredBy?: CoveredElsewhere;
  readonly resource: ResourceRef;
  readonly scope: Scope;
  /** Tells several results of one control on one resource apart; "" nearly always. */
  readonly locator: string;
  readonly evidence: readonly Evidence[];
  /** All evidence where it was cut, of a control each of whose objects is at fault itself; never stored. */
  readonly parts?: readonly Evidence[];
}
