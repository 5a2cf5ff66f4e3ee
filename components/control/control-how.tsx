import type { ReactNode } from "react";
import type { ControlResponse } from "@/lib/contracts/controls";
import { commandNote } from "@/lib/format/fill-command";
import { CommandText } from "../primitives/command-text";
import { CopyButton } from "../primitives/copy-button";
import { Prose } from "../primitives/prose";
import { Section } from "../primitives/section";

type Control = ControlResponse["control"];

function patchWords(hasRemedy: boolean, isOwn: boolean, isJudged: boolean): string | undefined {
  // It has no finding, and whose it was to become is not said of that day.
  if (!isJudged) return undefined;
  if (isOwn) return "Own controls have no patch";
  return hasRemedy ? "Each finding has a patch" : "No patch is safe for all; see each finding";
}

/** How to fix what fails a control, and how to see it; nothing of one that this release does not have. */
export function ControlHow({
  control,
  isOwn,
  isJudged,
}: {
  readonly control: Pick<Control, "fix" | "verify" | "lookFor" | "hasRemedy">;
  readonly isOwn: boolean;
  /** It was part of the snapshot. */
  readonly isJudged: boolean;
}): ReactNode {
  const { fix, verify, lookFor, hasRemedy } = control;
  const note = commandNote(verify);
  return (
    <>
      {fix === "" ? null : (
        <Section title="How to fix it" note={patchWords(hasRemedy, isOwn, isJudged)}>
          <p>
            <Prose text={fix} />
          </p>
        </Section>
      )}
      {verify === "" ? null : (
        <Section
          title="How to check it yourself"
          note={
            <CopyButton kind="link" text={verify}>
              Copy command
            </CopyButton>
          }
        >
          <CommandText text={verify} />
          {lookFor === null ? null : (
            <p className="more">
              <Prose text={lookFor} />
            </p>
          )}
          {note === null ? null : <p className="cap more">{note}</p>}
        </Section>
      )}
    </>
  );
}
