import type { ReactNode } from "react";
import type { FindingResponse } from "@/lib/contracts/findings";
import { showsFailure } from "@/lib/format/finding-since";
import { evidenceTitle } from "@/lib/format/finding-titles";
import { formatCount } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { isWholeCluster } from "@/lib/model/resource-ref";
import { countEvidence, isRestOfEvidence } from "@/lib/model/verdict";
import { Instant } from "../primitives/instant";
import { Pill } from "../primitives/pill";
import { Prose } from "../primitives/prose";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { toLines } from "../primitives/fold-lines";
import { EvidenceYaml } from "./evidence-yaml";
import { findBlockEnd } from "./find-block-end";
import { isShort } from "./is-short";
import { showHidden } from "@/lib/format/show-hidden";

type Evidence = FindingResponse["evidence"][number];

function EvidenceLine({ entry, cluster, isLater }: { readonly entry: Evidence; readonly cluster: string; readonly isLater: boolean }): ReactNode {
  const named = entry.object && `${entry.object.kind} ${showHidden(entry.object.name)}`;
  return (
    <li>
      {entry.source === "runtime" ? <Pill title="Not in the template: something added it to the pods">running pods only</Pill> : null}
      <span>
        <Prose text={entry.message} />
      </span>
      {entry.path === "" ? null : <code>{showHidden(`${entry.path}: ${entry.value ?? "not set"}`)}</code>}
      {entry.object === undefined ? null : isLater ? (
        <span className="mono">{named}</span>
      ) : (
        <PostureLink className="link mono" href={resourcePath(cluster, entry.object)}>
          {named}
        </PostureLink>
      )}
    </li>
  );
}

type Mark = NonNullable<FindingResponse["yaml"]>["marks"][number];

/** Lines that are told one by one below the object; what is said of the others stands at them in its whole YAML. */
const TOLD = 100;

function distinct(marks: readonly Mark[]): readonly Mark[] {
  return [...new Map(marks.map((mark) => [`${mark.line} ${mark.message}`, mark])).values()];
}

/** More lines of one value than this say no more. */
const BLOCK = 30;

/** Up to which line the value goes that is the evidence at a mark: a map or a list has several. */
function endOf(mark: Mark, evidence: readonly Evidence[], lines: readonly string[]): number {
  const value = evidence.find((entry) => entry.path === mark.path)?.value ?? "";
  return /^[[{]/.test(value) ? Math.min(findBlockEnd(lines, mark.line), mark.line + BLOCK) : mark.line;
}

/** What is short enough to stand at the line itself; the other lines of the evidence are marked without words. */
function toNotes(marks: readonly Mark[], evidence: readonly Evidence[], text: string): ReadonlyMap<number, string> {
  const lines = toLines(text);
  const notes = new Map<number, string>();
  for (const mark of marks) for (let line = mark.line; line <= endOf(mark, evidence, lines); line += 1) notes.set(line, "");
  for (const [line, own] of Map.groupBy(marks, (mark) => mark.line))
    notes.set(line, [...new Set(own.map((mark) => mark.message).filter(isShort))].join(" ").replaceAll("`", ""));
  return notes;
}

function momentOf(finding: FindingResponse): ReactNode {
  const { moment, state, isStale } = finding;
  if (state !== "unknown" && !showsFailure(finding)) return null;
  if (state === "fixed" || state === "not-failing" || state === "covered" || state === "gone") return "When it last failed";
  if (state === "not-yet") return "When it failed later";
  if (isStale || state === "not-assessed") return "When last assessed";
  if (moment.at === null) return null;
  return (
    <>
      Snapshot {moment.at.seq}, <Instant at={moment.at.takenAt} kind="short" />
    </>
  );
}

/** What was read, where: lines in the object, and what no line of it shows. */
export function FindingEvidence({ finding, cluster }: { readonly finding: FindingResponse; readonly cluster: string }): ReactNode {
  const { evidence, yaml, resource, reason, state, isSwitchedOff } = finding;
  const said = distinct(yaml?.marks ?? []);
  const marked = new Set(yaml?.marks.map((mark) => mark.path));
  const others = evidence.filter((entry) => entry.source === "runtime" || entry.object !== undefined || entry.path === "" || !marked.has(entry.path));
  // What no line shows comes first where no line shows anything.
  const elsewhere =
    others.length === 0 ? null : (
      <ul className="says">
        {others.slice(0, TOLD).map((entry, index) => (
          <EvidenceLine key={index} entry={entry} cluster={cluster} isLater={state === "not-yet"} />
        ))}
        {others.length > TOLD ? <li className="cap">{`and ${formatCount(countEvidence(others.slice(TOLD)))} more`}</li> : null}
      </ul>
    );
  return (
    <Section
      ruled={false}
      className="c6"
      title={
        showsFailure(finding)
          ? evidenceTitle(yaml?.marks.length ?? 0, Math.max(countEvidence(evidence), yaml?.marks.length ?? 0), countEvidence(evidence.filter(isRestOfEvidence)))
          : "Why it was not assessed"
      }
      note={momentOf(finding)}
    >
      {reason === null || reason === "" ? null : (
        <p className="soft" style={{ marginBottom: 8 }}>
          {state === "unknown" ? <Pill kind="not-assessed">not assessed</Pill> : null} {reason}{" "}
          {isSwitchedOff ? (
            <PostureLink className="link" href={`/c/${cluster}/settings#opt-in`}>
              Switch on in Settings
            </PostureLink>
          ) : null}
        </p>
      )}
      {said.length > 0 ? null : elsewhere}
      {yaml === null ? (
        isWholeCluster(resource) ? null : (
          <p className="cap">The object itself is not remembered at this moment.</p>
        )
      ) : (
        <EvidenceYaml text={yaml.text} notes={toNotes(yaml.marks, evidence, yaml.text)} object={showHidden(`${resource.kind} ${resource.name}`)} />
      )}
      {said.length > 0 ? elsewhere : null}
      {yaml === null || yaml.marks.length === 0 ? null : (
        <ul className="says">
          {said.slice(0, TOLD).map((mark) => (
            <li key={`${mark.line} ${mark.message}`} className={isShort(mark.message) ? "only-phone" : undefined}>
              <span className="muted nowrap">Line {mark.line}</span>{" "}
              <span>
                <Prose text={mark.message} />
              </span>
            </li>
          ))}
          {said.length > TOLD ? (
            <li>
              <PostureLink className="link" href={`${resourcePath(cluster, resource)}?view=yaml`}>
                {formatCount(said.length - TOLD)} more in the whole YAML
              </PostureLink>
            </li>
          ) : null}
        </ul>
      )}
    </Section>
  );
}
