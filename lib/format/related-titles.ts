import type { Relation } from "../model/relation";
import type { ResourceRef } from "../model/resource-ref";
import { type Severity, severityRank } from "../model/severity";
import { formatCount, formatNoun } from "./numbers";
import { showHidden } from "./show-hidden";
import { capitalise } from "./words";

interface RelatedFailure {
  readonly relation: Relation;
  /** What fails, and how: "gives cluster-admin to its subjects". */
  readonly resource: Pick<ResourceRef, "kind" | "name">;
  readonly failure: string;
  readonly isStale: boolean;
}

/** What a related object is to the one that a page is about, before its failure; `isAccount` = that is a service account itself. */
function openingOf({ relation, resource: { kind, name } }: RelatedFailure, isAccount: boolean): string {
  const account = isAccount ? "It" : "Its service account";
  switch (relation) {
    case "account":
      return `Its service account ${name}`;
    case "rights":
      return kind === "Group" ? `${account} is in group ${name}, which` : `${account} is bound by ${kind} ${name}, which`;
    case "namespace":
      return `Its namespace ${name}`;
    case "policy":
      return `${kind} ${name}, which selects its pods,`;
    case "entry":
      return `${kind} ${name}, which leads to it,`;
    case "config":
      return `${kind} ${name}, which it uses,`;
    case "target":
      return `${kind} ${name}, which it leads to,`;
    case "user":
      return `${kind} ${name}, which runs as it,`;
  }
}

/** "Its service account is bound by ClusterRoleBinding debug, which gives cluster-admin to its subjects. " */
export function relatedSentence(failure: RelatedFailure, isAccount: boolean): string {
  return `${showHidden(`${openingOf(failure, isAccount)} ${failure.failure}`)}${failure.isStale ? ", as last assessed" : ""}. `;
}

const NOUNS: Readonly<Record<Exclude<Relation, "rights">, string>> = {
  account: "its service account",
  namespace: "its namespace",
  policy: "a policy of its pods",
  entry: "what leads to it",
  config: "what it uses",
  target: "what it leads to",
  user: "what runs as it",
};

/** So grave that a title tells of it. */
const GRAVE: readonly Severity[] = ["critical", "high"];

/**
 * "a binding of its service account has a critical finding": for a title, where the failure itself stands below. "" where it is no graver than `own`, the
 * worst of the object itself, or not grave.
 */
export function graverWords(
  { relation, resource, severity, isStale }: Omit<RelatedFailure, "failure"> & { readonly severity: Severity },
  own: Severity | null,
  isAccount: boolean,
): string {
  if (!GRAVE.includes(severity) || (own !== null && severityRank(own) <= severityRank(severity))) return "";
  const noun = relation === "rights" ? `a ${resource.kind === "Group" ? "group" : "binding"} of ${isAccount ? "it" : "its service account"}` : NOUNS[relation];
  return isStale ? `${noun} had a ${severity} finding when last assessed` : `${noun} has a ${severity} finding`;
}

interface RingStanding {
  readonly met: number;
  readonly isMetKnown: boolean;
  /** Rows of the object's own that stand above. */
  readonly shown: number;
  readonly isUnread: boolean;
  readonly related: { readonly failing: number; readonly notAssessed: number; readonly unread: readonly unknown[] };
}

function ownWords({ met, isMetKnown, isUnread }: RingStanding): string {
  if (!isMetKnown) return `Nothing of its own ${isUnread ? "failed when it was last read" : "fails"}`;
  const when = isUnread ? " when it was last read" : "";
  return met === 1
    ? `Its one own control ${isUnread ? "was" : "is"} met${when}`
    : `Its own ${formatCount(met)} controls ${isUnread ? "were" : "are"} met${when}`;
}

/** "Its own 2 controls are met; 3 findings on related objects, 1 not assessed"; null where nothing is to be said of these. */
export function relatedCaption(ring: RingStanding): string | null {
  const { failing, notAssessed, unread } = ring.related;
  if (failing + notAssessed + unread.length === 0) return null;
  const known = failing === 0 ? "nothing is known to fail on related objects" : `${formatNoun(failing, "finding")} on related objects`;
  const words = notAssessed === 0 ? known : `${known}, ${formatCount(notAssessed)} not assessed`;
  // That no control applies to it stands beside the name of the layer.
  return ring.shown > 0 || (ring.met === 0 && ring.isMetKnown) ? capitalise(words) : `${ownWords(ring)}; ${words}`;
}
