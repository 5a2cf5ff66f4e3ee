import type { ReactNode } from "react";
import { toApiPath } from "@/lib/client/api-path";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { YamlLines } from "../primitives/code-block";
import { CopyButton } from "../primitives/copy-button";
import { cutLines, foldLines, LINES_SHOWN } from "../primitives/fold-lines";
import { Message } from "../primitives/message";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";

interface ResourceYamlProps {
  readonly resource: ResourceResponse;
  /** Address of the object's page. */
  readonly here: string;
  /** The first line that is shown of a long manifest; null = what is round the evidence. */
  readonly line: number | null;
}

/** The whole answer of the API that this page is drawn from. */
function apiHref(here: string, { moment }: ResourceResponse): string {
  return `${toApiPath(here)}${moment.at === null ? "" : `?at=${moment.at.seq}`}`;
}

/** The manifest as it was remembered, with the lines that findings are about; of a very long one as much as a page can draw. */
export function ResourceYaml({ resource, here, line }: ResourceYamlProps): ReactNode {
  const { yaml, ref } = resource;
  if (yaml === null)
    return (
      <div className="sec">
        <Message say="No manifest is kept for this object">It is known only from other objects: bindings, pods or reports.</Message>
      </div>
    );
  const notes = new Map<number, string>();
  for (const { line: at, message } of yaml.marks) if (!notes.has(at)) notes.set(at, message);
  const isCut = line !== null || notes.size === 0;
  const parts = isCut ? cutLines(yaml.text, line ?? 1) : foldLines(yaml.text, [...notes.keys()], LINES_SHOWN);
  const isWhole = parts.every((part) => part.kind === "lines");
  const start = parts.find((part) => part.kind === "lines")?.first ?? 1;
  return (
    <Section
      title={notes.size === 0 ? "No line is evidence of a finding" : `${formatNoun(notes.size, "line")} ${notes.size === 1 ? "is" : "are"} evidence`}
      note={
        <CopyButton kind="link" text={yaml.text}>
          Copy YAML
        </CopyButton>
      }
    >
      <YamlLines
        label={`Manifest of ${ref.kind} ${ref.name}`}
        parts={parts}
        notes={notes}
        fold={({ first, count }) => (
          <PostureLink className="link" href={`${here}?view=yaml&line=${first < start ? Math.max(1, start - LINES_SHOWN) : first}`}>
            {formatCount(count)} more {count === 1 ? "line" : "lines"}
          </PostureLink>
        )}
      />
      {isWhole ? null : (
        <p className="cap foot-note">
          No more than {formatCount(LINES_SHOWN)} lines are shown at once.{" "}
          {isCut && notes.size > 0 ? (
            <>
              <PostureLink className="link" href={`${here}?view=yaml`}>
                Only the evidence
              </PostureLink>
              {" · "}
            </>
          ) : null}
          <a className="link" href={apiHref(here, resource)}>
            The whole of it as JSON
          </a>
        </p>
      )}
      <p className="cap foot-note">As kept: managed fields are dropped, and values that look like secrets are redacted.</p>
    </Section>
  );
}
