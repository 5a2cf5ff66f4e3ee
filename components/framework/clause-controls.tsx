import type { ReactNode } from "react";
import type { ClauseControl } from "@/lib/contracts/frameworks";
import { controlVerdictSentence } from "@/lib/format/framework-titles";
import { formatNoun } from "@/lib/format/numbers";
import { ClauseStateTag } from "../frameworks/clause-state-tag";
import { CureLink } from "../posture/reason-line";
import { PostureLink } from "../shell/posture-link";

/** More quiet controls than this are folded; on paper they are shown. */
const QUIET_SHOWN = 3;

function ControlLine({ control, base }: { readonly control: ClauseControl; readonly base: string }): ReactNode {
  const { state, counts } = control;
  const sentence = controlVerdictSentence(control);
  const main = control.unassessed.reasons[0];
  return (
    <li>
      <ClauseStateTag state={state} severity={control.severity}>
        <PostureLink className="link" href={`${base}/controls/${control.id}`}>
          {control.title}
        </PostureLink>
      </ClauseStateTag>
      {counts.failing > 0 ? (
        <PostureLink className="link verdicts" href={`${base}/findings?control=${control.id}`}>
          {sentence}
        </PostureLink>
      ) : (
        <span className="cap verdicts">
          {sentence} {main === undefined ? null : <CureLink reason={main} base={base} findings={null} />}
        </span>
      )}
    </li>
  );
}

/** Whether the controls without a failing subject are out of sight, and with them why a clause was not assessed. */
export function foldsQuiet(controls: readonly ClauseControl[]): boolean {
  return controls.filter((control) => control.state !== "fail").length > QUIET_SHOWN;
}

/** The controls that decide a clause, what fails first, each with its verdicts. */
export function ClauseControls({ controls, base }: { readonly controls: readonly ClauseControl[]; readonly base: string }): ReactNode {
  const failing = controls.filter((control) => control.state === "fail");
  const quiet = controls.filter((control) => control.state !== "fail");
  const lines = (some: readonly ClauseControl[]): ReactNode => (
    <ul>
      {some.map((control) => (
        <ControlLine key={control.id} control={control} base={base} />
      ))}
    </ul>
  );
  return (
    <div className="deciders">
      {failing.length === 0 ? null : lines(failing)}
      {quiet.length === 0 ? null : !foldsQuiet(controls) ? (
        lines(quiet)
      ) : (
        <details>
          <summary className="cap">{`${formatNoun(quiet.length, failing.length === 0 ? "control" : "more control")} without a failing subject`}</summary>
          {lines(quiet)}
        </details>
      )}
    </div>
  );
}
