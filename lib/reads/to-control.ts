import type { ControlDto } from "@/lib/contracts/controls";
import type { AnyControl } from "@/lib/controls/define";
import { toClauses } from "@/lib/frameworks/to-clauses";

/** `distribution` = what the cluster is recognised as: its own benchmark is named too. */
export function toControlDto(control: AnyControl, distribution: string | null): ControlDto {
  return {
    id: control.id,
    layer: control.layer,
    severity: control.severity,
    maxSeverity: control.maxSeverity ?? control.severity,
    title: control.title,
    why: control.why,
    fix: control.fix,
    verify: control.verify,
    lookFor: control.lookFor ?? null,
    subject: control.subject,
    tips: [...control.tips],
    aliases: [...(control.aliases ?? [])],
    references: [...control.references],
    frameworks: [...toClauses(control, distribution)],
    reads: [...control.reads],
    isRollUp: control.isRollUp ?? false,
    hasRemedy: control.remedy !== null,
  };
}
