import type { AnyControl } from "@/lib/controls/define";
import { fillCommand } from "@/lib/format/fill-command";
import { toAskCommand } from "@/lib/graph/rbac/right-text";
import type { Verdict } from "@/lib/model/verdict";

/** The command that shows a finding: of a right, the one that was found, where the control can only name the commonest. */
export function findingCommand({ verify }: Pick<AnyControl, "verify">, { evidence, resource }: Pick<Verdict, "evidence" | "resource">): string {
  const asked = verify.startsWith("kubectl auth can-i ") ? evidence.map(({ message, value }) => toAskCommand(message, value)) : [];
  return fillCommand(asked.find((ask) => ask !== null) ?? verify, resource);
}
