import type { ResourceRef } from "../../model/resource-ref";
import { admissionFileView, pluginOffView } from "./admission-plugins";
import { defineView } from "../view";

export const LEVELS = ["privileged", "baseline", "restricted"] as const;
export type PodSecurityLevel = (typeof LEVELS)[number];
export const MODES = ["enforce", "audit", "warn"] as const;
export type PodSecurityMode = (typeof MODES)[number];

const PREFIX = "pod-security.kubernetes.io/";

export function labelOf(mode: PodSecurityMode, version = false): string {
  return `${PREFIX}${mode}${version ? "-version" : ""}`;
}

/** The field of a label. */
export function labelPath(key: string): string {
  return `metadata.labels["${key}"]`;
}

/** The labels that hold modes at the checks of one version: a level that was judged by those of the server lets them go. */
export function pinsOf(labels: Readonly<Record<string, string>>, modes: readonly PodSecurityMode[]): readonly string[] {
  return modes.map((mode) => labelOf(mode, true)).filter((key) => labels[key] !== undefined && labels[key] !== "latest");
}

export function isLevel(value: string | undefined): value is PodSecurityLevel {
  return LEVELS.some((level) => level === value);
}

/** What admission does in a namespace. A level that is no level enforces restricted, and audits and warns about nothing. */
export function toLevels(labels: Readonly<Record<string, string>>): Readonly<Record<PodSecurityMode, PodSecurityLevel>> {
  const read = (mode: PodSecurityMode): PodSecurityLevel => {
    const value = labels[labelOf(mode)];
    if (value === undefined) return "privileged";
    return isLevel(value) ? value : mode === "enforce" ? "restricted" : "privileged";
  };
  const enforce = read("enforce");
  const isEnforceValid = isLevel(labels[labelOf("enforce")]);
  const warn = labels[labelOf("warn")] === undefined && isEnforceValid ? enforce : read("warn");
  return { enforce, audit: read("audit"), warn };
}

/** An API server that has the plugin behind the labels switched off; null = none is known. */
export const podSecurityOffView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): ResourceRef | null => context.view(pluginOffView)("PodSecurity")?.ref ?? null,
});

/** Why the level of namespaces without a label is not known, as a sentence; null = it is. */
export const hiddenDefaultsView = defineView({
  reads: ["workloads", "nodes"],
  compute: (context): string | null =>
    context.view(admissionFileView) !== null && context.view(podSecurityOffView) === null
      ? "The API server reads its defaults for unlabelled namespaces from a file that the API does not show."
      : null,
});
