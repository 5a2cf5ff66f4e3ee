import { type Weakness, weakness } from "../../controls/define";
import type { KubeObject } from "../../inventory/kube-object";
import { list, record } from "../../model/json";
import type { Severity } from "../../model/severity";
import { findBindingPower, givesAsShipped, isHarmlessRead, listBoundRules } from "./binding-power";
import type { RbacContext } from "./judge-capability";

/** Critical from power class 3 on, medium for reads of nothing secret, else high. */
function rateGroup(binding: KubeObject, context: RbacContext): Severity {
  if (findBindingPower(binding, context) <= 3) return "critical";
  const rules = listBoundRules(binding, context);
  return rules?.every(isHarmlessRead) ? "medium" : "high";
}

/** Entries of a binding that name a group which everybody of some kind is in; what the API server ships itself passes. */
export function findGroupEntries(binding: KubeObject, group: string, who: string, context: RbacContext): readonly Weakness[] {
  if (givesAsShipped(binding, context)) return [];
  return list(binding.body.subjects).flatMap((item, index) => {
    const { kind, name } = record(item);
    if (kind !== "Group" || name !== group) return [];
    const role = String(record(binding.body.roleRef).name);
    return [weakness(`subjects[${index}]`, item, `${who} has the role ${role} through this binding.`, { severity: rateGroup(binding, context), hint: index })];
  });
}
