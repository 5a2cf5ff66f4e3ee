import type { SliceName } from "../inventory/slices";
import type { Context } from "../inventory/view";
import type { Layer } from "../model/layer";
import type { Patch } from "../model/patch";
import type { ResourceRef } from "../model/resource-ref";
import type { Severity } from "../model/severity";
import type { CoveredElsewhere } from "../model/verdict";
import type { SubjectKind, SubjectTypes } from "./subject";

/** One thing that is wrong: the field, its value, one sentence. */
export interface Weakness {
  readonly path: string;
  /** As read; undefined = not set. The engine renders and redacts it. */
  readonly value: unknown;
  readonly message: string;
  readonly container?: string;
  readonly check?: string;
  /** When it differs from the control's own. */
  readonly severity?: Severity;
  /** Same `on` = same evidence for subsumption: a container name, a volume name; "" = the whole subject. */
  readonly on?: string;
  readonly object?: ResourceRef;
  /** For the remedy only; never stored. */
  readonly hint?: unknown;
}

/**
 * An empty list is a pass. `notes` of a pass are kept as evidence. `subsumed`: another control already fails on an object that this one looked
 * at; of controls of one and the same subject the engine tells by `subsumedBy`. `isSafe` = not applicable because what the control warns of is not there.
 */
export type Outcome =
  | readonly Weakness[]
  | { readonly state: "pass"; readonly notes: readonly Weakness[] }
  | { readonly state: "not-applicable"; readonly reason: string; readonly notes?: readonly Weakness[]; readonly isSafe?: true }
  | { readonly state: "subsumed"; readonly reason: string; readonly notes: readonly Weakness[]; readonly coveredBy: CoveredElsewhere }
  | { readonly state: "unknown" | "manual"; readonly reason: string; readonly notes?: readonly Weakness[] };

interface Frameworks {
  /** Pod Security Standards: `baseline/privileged`. */
  readonly pss?: readonly string[];
  /** CIS Kubernetes Benchmark 1.12. */
  readonly cis?: readonly string[];
  /** NSA/CISA hardening guidance 1.2, by section key. */
  readonly nsa?: readonly string[];
  readonly mitre?: readonly string[];
  /** Microsoft threat matrix for Kubernetes. */
  readonly mstm?: readonly string[];
  /** OWASP Kubernetes Top 10, 2025 edition: `K01`. */
  readonly owasp?: readonly string[];
}

export interface Control<K extends SubjectKind = SubjectKind, R extends SliceName = SliceName> {
  /** Permanent: links and exceptions point at it. */
  readonly id: string;
  readonly layer: Layer;
  /** Of a finding unless the weakness says otherwise. */
  readonly severity: Severity;
  /** The worst that a finding of it can have: its weight in the score. Left out = `severity`. */
  readonly maxSeverity?: Severity;
  /** The good state: "Containers do not run privileged". */
  readonly title: string;
  /** Of one failing subject, after its name: "runs privileged" -> "Deployment cart runs privileged". */
  readonly failure: string;
  /** What an attacker gains. One or two sentences. */
  readonly why: string;
  /** The change in one short line, as a plan lists it, for one object or many: "Turn privileged mode off". */
  readonly action: string;
  /** The change to make. */
  readonly fix: string;
  /** A kubectl command that shows the state. */
  readonly verify: string;
  /** How to read what the command prints, where that does not speak for itself: what a failing object looks like, what no output means. */
  readonly lookFor?: string;
  readonly tips: readonly ("S1" | "S2" | "S3" | "S4" | "S5" | "S6")[];
  readonly frameworks: Frameworks;
  readonly references: readonly string[];
  readonly aliases?: readonly string[];
  readonly subject: K;
  readonly reads: readonly R[];
  /** Of `reads`, those that can only add weaknesses: without them a failure stands, and what would be a pass is unknown. */
  readonly softReads?: readonly R[];
  /** Beside `reads`: they add evidence where they are there, and a verdict without them stands as it is. */
  readonly extraReads?: readonly R[];
  /** `linux` = not applicable to Windows pods. Workload controls only. */
  readonly os?: "linux";
  /** Which of its verdicts need the whole cluster: in a partial set of manifests they become unknown. */
  readonly wholeCluster?: "fail" | "pass" | "always";
  /** Judged, shown, but in no score (roll-ups that repeat other controls). */
  readonly isRollUp?: boolean;
  /** Each object of the evidence is at fault itself: `scan --bundles` lists it under its own name, too, as a part of this verdict. */
  readonly standsOnEvidence?: boolean;
  /** Controls whose failure on the same evidence (`on`) makes this one `subsumed`. */
  readonly subsumedBy?: readonly string[];
  readonly check: (subject: SubjectTypes[K], context: Context<R>) => Outcome;
  /** One patch that removes the given weaknesses of one subject; null = no safe patch exists, `fix` says it in words. */
  readonly remedy: ((subject: SubjectTypes[K], weaknesses: readonly Weakness[], context: Context<R>) => Patch | null) | null;
}

/** A control with its types erased, as the engine holds it: only the engine may call it, with the subject and slices that it declares. */
export type AnyControl = Omit<Control, "subject" | "reads" | "softReads" | "extraReads" | "check" | "remedy"> & {
  readonly subject: SubjectKind;
  readonly reads: readonly SliceName[];
  readonly softReads?: readonly SliceName[];
  readonly extraReads?: readonly SliceName[];
  /** The slices without which an earlier release of it gave no whole verdict; left out = as it is declared. */
  readonly needs?: readonly SliceName[];
  readonly check: (subject: never, context: never) => Outcome;
  readonly remedy: ((subject: never, weaknesses: readonly Weakness[], context: never) => Patch | null) | null;
};

/** Gives the control back as it is: `reads` becomes the type of what `check` and `remedy` may see. */
export function defineControl<const K extends SubjectKind, const R extends SliceName = never>(control: Control<K, R>): Control<K, R> {
  return control;
}

/** `path` = the field, `spec.replicas`, "" = the object as a whole; `value` as it was read; `message` = one sentence; `extra` = where it differs from its control. */
export function weakness(path: string, value: unknown, message: string, extra: Omit<Weakness, "path" | "value" | "message"> = {}): Weakness {
  return { path, value, message, ...extra };
}

/** The control asks nothing of this subject, or nothing any more: nobody mended anything by that. `reason` = one sentence. */
export function notApplicable(reason: string): Outcome {
  return { state: "not-applicable", reason };
}

/**
 * Not applicable because the subject does nothing of what the control warns of, as a Service that is no load balancer: whoever made it so fixed what failed.
 * Where something is only not asked any more, or something graver hides it, it is `notApplicable`.
 */
export function safe(reason: string): Outcome {
  return { state: "not-applicable", reason, isSafe: true };
}

/** Not assessed: what decides could not be read. `reason` = one sentence that says what, for whoever administers the cluster. */
export function unknown(reason: string): Outcome {
  return { state: "unknown", reason };
}
