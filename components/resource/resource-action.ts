import type { ResourceResponse } from "@/lib/contracts/resources";
import { apiGroup } from "@/lib/model/resource-ref";
import { networkHref, workloadText } from "../network/network-href";
import { namespaceLevelsHref } from "../pod-security/pod-security-href";
import { askHref } from "../who-can/ask-href";

interface ResourceAction {
  readonly href: string;
  readonly label: string;
}

/** The page that answers the first question about such an object; null = none does, or there is nothing left to ask of it. */
export function resourceAction(base: string, { ref, settings, goneAt }: Pick<ResourceResponse, "ref" | "settings" | "goneAt">): ResourceAction | null {
  if (goneAt !== null) return null;
  const { kind, namespace, name } = ref;
  if (settings !== null && namespace !== null) return { href: networkHref(base, { by: "workload", workload: workloadText(ref) }), label: "Who reaches it" };
  if (apiGroup(ref) !== "") return null;
  if (kind === "ServiceAccount") return { href: askHref(base, { by: "subject", subject: `${kind}/${namespace}/${name}` }), label: "What it may do" };
  if (kind === "Namespace") return { href: namespaceLevelsHref(base, name), label: "Its Pod Security level" };
  return null;
}
