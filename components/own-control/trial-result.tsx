"use client";
import { type ReactNode, useEffect, useRef } from "react";
import type { OwnControlDto, OwnControlSample, TestOwnControlResponse } from "@/lib/contracts/own-controls";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { objectWords, resourcePath } from "@/lib/format/paths";
import { joinWords } from "@/lib/model/join-words";
import { showHidden } from "@/lib/format/show-hidden";
import { trialTitle } from "@/lib/format/tuning-words";
import { toEntries } from "../primitives/entries";
import { Pill } from "../primitives/pill";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";
import { type Trial, trialKey } from "./use-trial";
import { ColumnHeads } from "../tables/column-heads";

interface TrialResultProps {
  readonly trial: Trial;
  readonly draft: OwnControlDto;
  readonly cluster: string;
}

type Answer = TestOwnControlResponse;

/** The fields that made it fail, or why it could not be judged. */
function Read({ sample }: { readonly sample: OwnControlSample }): ReactNode {
  if (sample.reason !== null) return showHidden(sample.reason);
  return sample.evidence.map(({ path, value, container }) => (
    <span key={`${container ?? ""} ${path}`} className="mono block">
      {path === "" ? null : (
        <>
          {`${showHidden(path)} = `}
          {toEntries(showHidden(value ?? "not set"))}
        </>
      )}
    </span>
  ));
}

function Samples({
  rows,
  state,
  draft,
  cluster,
}: { readonly rows: readonly OwnControlSample[]; readonly state: keyof Answer["samples"] } & Omit<TrialResultProps, "trial">): ReactNode {
  return rows.map((sample) => {
    const { namespace, name, kind } = sample.resource;
    return (
      <tr key={`${kind} ${namespace ?? ""} ${name}`}>
        <td>
          {state === "failing" ? (
            <SeverityTag severity={draft.severity}>Fails</SeverityTag>
          ) : (
            <StateTag state={state === "passing" ? "pass" : "unknown"}>{state === "passing" ? "Passes" : undefined}</StateTag>
          )}
        </td>
        <td>
          <PostureLink className="link mono" href={resourcePath(cluster, sample.resource)}>
            {objectWords(sample.resource).name}
          </PostureLink>
          <span className="cap block">{kind}</span>
        </td>
        <td>
          <Read sample={sample} />
        </td>
      </tr>
    );
  });
}

function countWords({ notApplicable, durationMs, isCut, failing, passing, notAssessed }: Answer): string {
  const rest = notApplicable === 0 ? "" : `${formatNoun(notApplicable, "other workload")} ${notApplicable === 1 ? "is" : "are"} of another kind; `;
  const judged = failing + passing + notAssessed + notApplicable;
  return `${rest}${isCut ? `time was up after ${formatNoun(judged, "object")}, the rest was not tried` : `${formatCount(durationMs)} ms`}`;
}

/** Of how many the rows are the first; null = all are there. */
function sampleWords({ samples, failing, notAssessed, passing }: Answer): string | null {
  const parts = [
    { shown: samples.failing.length, all: failing, words: "that fail" },
    { shown: samples.notAssessed.length, all: notAssessed, words: "not assessed" },
    { shown: samples.passing.length, all: passing, words: "that pass" },
  ].filter(({ shown, all }) => shown < all);
  return parts.length === 0 ? null : `Shown: ${joinWords(parts.map(({ shown, all, words }) => `${formatCount(shown)} of ${formatCount(all)} ${words}`))}.`;
}

function Answered({ answer, draft, cluster }: { readonly answer: Answer } & Omit<TrialResultProps, "trial">): ReactNode {
  const { samples, seq, unread } = answer;
  const shown = samples.failing.length + samples.passing.length + samples.notAssessed.length;
  const cut = sampleWords(answer);
  return (
    <Section title={trialTitle({ ...answer, seq: seq ?? 0 })} note={countWords(answer)}>
      {unread === null ? null : (
        <p className="cap">
          <Pill kind="not-assessed">not assessed</Pill> {unread}
        </p>
      )}
      {shown === 0 ? null : (
        <table className="table rows even trial">
          <caption className="sr">The first objects of each answer</caption>
          <ColumnHeads columns={[["Answer", "w-sev"], ["Object", "w-obj"], ["What was read"]]} />
          <tbody>
            {(["failing", "notAssessed", "passing"] as const).map((state) => (
              <Samples key={state} rows={samples[state]} state={state} draft={draft} cluster={cluster} />
            ))}
          </tbody>
        </table>
      )}
      {cut === null ? null : <p className="cap foot-note">{cut}</p>}
    </Section>
  );
}

/** What the last trial came to; dimmed once something else is written. */
export function TrialResult({ trial, draft, cluster }: TrialResultProps): ReactNode {
  const { last, isTrying } = trial;
  const isOld = last !== null && last.of !== trialKey(draft);
  const box = useRef<HTMLDivElement>(null);
  // It comes below the button that was pressed, which may be the last thing in sight.
  useEffect(() => {
    if (last !== null) box.current?.querySelector("h2")?.scrollIntoView({ block: "nearest" });
  }, [last]);
  return (
    <div ref={box} aria-busy={isTrying} className={isOld || isTrying ? "dim" : undefined}>
      <p className="sr" role="status">
        {last?.answer && last.problem === null ? trialTitle({ ...last.answer, seq: last.answer.seq ?? 0 }) : ""}
      </p>
      {last === null ? null : last.answer === null || last.problem !== null ? (
        <Section title="It could not be tried">
          <p className="field-error" role="alert">
            {last.problem}
          </p>
        </Section>
      ) : (
        <Answered answer={last.answer} draft={draft} cluster={cluster} />
      )}
    </div>
  );
}
