import type { WhoCanResponse } from "@/lib/contracts/who-can";
import { joinWords } from "@/lib/model/join-words";
import type { KindCoverage } from "@/lib/model/coverage";
import { RBAC_GROUP, RBAC_KINDS } from "@/lib/model/rbac-kinds";

/** Why no answer about rights can be given: one that was made without every role and binding could be missing a holder. Null = it can. */
export function findRbacGap(coverage: readonly KindCoverage[]): WhoCanResponse["notAssessed"] {
  const unread = RBAC_KINDS.flatMap(([resource, kind]) => {
    const entry = coverage.find((one) => one.group === RBAC_GROUP && one.resource === resource);
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
