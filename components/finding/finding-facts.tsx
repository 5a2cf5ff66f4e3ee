import type { ReactNode } from "react";
import type { FindingResponse } from "@/lib/contracts/findings";
import { FINDING_STATE_WORDS } from "@/lib/format/finding-titles";
import { hasFailed, tellSince } from "@/lib/format/finding-since";
import { gainWords } from "@/lib/format/gain-words";
import { objectWords, resourcePath } from "@/lib/format/paths";
import { type Fact, Facts } from "../primitives/facts";
import { Instant } from "../primitives/instant";
import { PostureLink } from "../shell/posture-link";

/** Of what nobody judged, no sentence says that there is nothing to fix. */
function noGainFact({ state, isSwitchedOff }: FindingResponse): Omit<Fact, "label"> {
  switch (state) {
    case "open":
    case "manual":
      return { value: "Costs no points", note: "This finding is not scored." };
    case "unknown":
      return {
        value: "Not known whether it fails",
        note: isSwitchedOff ? "Off by choice: out of scope, not scored" : "Not assessed: it widens the interval of the score",
      };
    case "covered":
      return { value: "Another finding shows the same", note: "It costs no points of its own." };
    case "not-assessed":
      return { value: "Not known whether it fails", note: "It is not judged at this moment." };
    default:
      return { value: "Nothing to fix now", note: "At this moment it costs nothing." };
  }
}

function gainFact(finding: FindingResponse): Fact {
  if (finding.gain === null) return { label: "Fixing it", ...noGainFact(finding) };
  const { value, note } = gainWords(finding.gain, finding, finding.patch?.proof ?? null, finding.patch !== null);
  return { label: "Fixing it", value: <b>{value}</b>, note: note === "" ? undefined : note };
}

function nowFact(finding: FindingResponse, now: string): Fact {
  const { state, stateNow, closedAt, moment, isStale, staleReason } = finding;
  const then = `${FINDING_STATE_WORDS[state]}${isStale ? ", as last assessed," : ""}`;
  if (!moment.isNow)
    return {
      label: "State now",
      value: FINDING_STATE_WORDS[stateNow],
      note: `${then} in the snapshot of this page${staleReason === null ? "" : `. ${staleReason}`}`,
    };
  if (closedAt !== null)
    return { label: hasFailed(finding) ? "Closed" : "Not assessed until", value: <Instant at={closedAt} now={now} />, note: FINDING_STATE_WORDS[state] };
  return {
    label: "State now",
    value: FINDING_STATE_WORDS[state],
    note: isStale
      ? `Shown as last assessed: it could not be assessed since${staleReason === null ? "" : `. ${staleReason}`}`
      : moment.at === null
        ? undefined
        : `In snapshot ${moment.at.seq}, the newest`,
  };
}

/** What fixing is worth, what it is about, since when, and how it stands. */
export function FindingFacts({ finding, cluster }: { readonly finding: FindingResponse; readonly cluster: string }): ReactNode {
  const { resource, firstSeenAt, resourceGone, isResourceLater, moment, scope } = finding;
  const { name } = objectWords(resource);
  const now = moment.at?.takenAt ?? firstSeenAt;
  const since = tellSince(finding);
  return (
    <div className="finding-facts">
      <Facts
        kind="across"
        facts={[
          gainFact(finding),
          {
            label: "Subject",
            value: isResourceLater ? (
              <span className="mono">{name}</span>
            ) : (
              <PostureLink className="link mono" href={resourcePath(cluster, resource)}>
                {name}
              </PostureLink>
            ),
            note: `${resource.kind}${scope === "platform" ? ", platform" : ""}${isResourceLater ? ", not known yet" : ""}${resourceGone ? ", gone by now" : ""}`,
          },
          {
            label: since.label,
            value: since.at === null ? "–" : <Instant at={since.at} now={now} />,
            note:
              since.before === null ? (
                since.note
              ) : (
                <>
                  First seen <Instant at={firstSeenAt} kind="date" />, {since.before}
                </>
              ),
          },
          nowFact(finding, now),
        ]}
      />
    </div>
  );
}
