import type { WhoCanResponse } from "@/lib/contracts/who-can";
import { joinWords } from "@/lib/format/words";
import type { KindCoverage } from "@/lib/model/coverage";

const GROUP = "rbac.authorization.k8s.io";
const NEEDED = [
  ["roles", "Role"],
  ["clusterroles", "ClusterRole"],
  ["rolebindings", "RoleBinding"],
  ["clusterrolebindings", "ClusterRoleBinding"],
] as const;

/** Why no answer about rights can be given: one that was made without every role and binding could be missing a holder. Null = it can. */
export function findRbacGap(coverage: readonly KindCoverage[]): WhoCanResponse["notAssessed"] {
  const unread = NEEDED.flatMap(([resource, kind]) => {
    const entry = coverage.find((one) => one.group === GROUP && one.resource === resource);
    return entry?.status === "read" ? [] : [{ kind, reason: entry?.reason, action: entry?.action }];
  });
  if (unread.length === 0) return null;
  const reason = unread.find((entry) => entry.reason !== undefined)?.reason;
  const kinds = joinWords(unread.map(({ kind }) => kind));
  return {
    reason: `${kinds} objects could not be read in this snapshot.${reason === undefined ? "" : ` ${reason}`}`,
    action: unread.find((entry) => entry.action !== undefined)?.action ?? null,
  };
}
