import type { Layer } from "./layer";
import type { Severity } from "./severity";

/** A control that a cluster's own people wrote: a CEL expression that is true of every object that meets it. */
export interface OwnControl {
  readonly id: string;
  /** The good state: "Workloads name the team that owns them". */
  readonly title: string;
  readonly layer: Layer;
  readonly severity: Severity;
  /** `workload`, `pod`, `container`, or a kind such as `Namespace`. */
  readonly subject: string;
  readonly expression: string;
  /** What is wrong with an object of which the expression is false. */
  readonly message: string;
  readonly fix: string;
  readonly why?: string | undefined;
}

/** A built-in control that counts more or less in one cluster than elsewhere. */
export interface Reweighting {
  readonly severity: Severity;
  readonly reason: string;
}
