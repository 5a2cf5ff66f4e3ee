import type { ReactNode } from "react";
import type { ControlResponse } from "@/lib/contracts/controls";
import type { TimeZone } from "@/lib/format/instant";
import { formatCount, formatNoun, formatPoints } from "@/lib/format/numbers";
import { controlSentences } from "@/lib/format/object-titles";
import { FindingLines } from "../posture/finding-lines";
import { TuningNote } from "../posture/tuning-note";
import { LayerTag } from "../primitives/layer-tag";
import { Message } from "../primitives/message";
import { Pill } from "../primitives/pill";
import { PageHead } from "../primitives/page-head";
import { Prose } from "../primitives/prose";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { CommandText } from "../primitives/command-text";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { ControlFacts } from "./control-facts";
import { ControlHow } from "./control-how";
import { ControlUnassessed, WhyUnassessed } from "./control-unassessed";
import { controlSays, type ControlStanding, controlStanding } from "./control-standing";
import { ControlTrend } from "./control-trend";

interface ControlActionsProps {
  readonly control: string;
  readonly kept: ControlResponse["kept"];
  readonly open: number;
  readonly base: string;
}

/** Settings are those of now, at any moment of the page: what is there no more can neither be edited nor tuned. */
function ControlActions({ control, kept, open, base }: ControlActionsProps): ReactNode {
  return (
    <>
      {kept === "own" ? (
        <PostureLink className="ctl line" href={`${base}/settings/own-controls/${control}`}>
          Edit
        </PostureLink>
      ) : null}
      {kept === null ? null : (
        <PostureLink className="ctl line" href={`${base}/settings?tune=${control}#controls`}>
          Tune
        </PostureLink>
      )}
      <PostureLink className="ctl line" href={`${base}/findings?control=${control}`}>
        {open === 0 ? "Findings" : formatNoun(open, "finding")}
      </PostureLink>
    </>
  );
}

/** Where nothing fails: since all is well, since nobody can tell, or since there is nothing to ask. */
function NothingFails({ answer, base }: { readonly answer: ControlResponse; readonly base: string }): ReactNode {
  const { counts, platform, tuning, unassessed, moment } = answer;
  // Why it is off stands under the title of the page.
  if (!counts)
    return <Message say={tuning.disabled === null ? "It was not part of the catalogue when this snapshot was taken" : "It is off in this cluster"} />;
  const standing = controlStanding(answer);
  if (standing === "not-assessed") {
    const why = <WhyUnassessed unassessed={unassessed} base={base} />;
    if (counts.isSwitchedOff) return why;
    return (
      <>
        <Pill kind="not-assessed">not assessed</Pill>
        <div className="say-more">{why}</div>
      </>
    );
  }
  if (standing === "nothing") return <Message say="There is nothing here it applies to" />;
  const say = standing === "manual" ? "This needs review by a person" : standing === "covered" ? "Another control shows the same" : "Nothing fails here";
  return <Message say={say}>{`${controlSentences(counts, platform)} Snapshot ${moment.at?.seq ?? ""}.`}</Message>;
}

const NOTHING_FAILS: Readonly<Record<ControlStanding, string>> = {
  off: "Not judged",
  judged: "Nothing fails",
  "not-assessed": "Why nobody can tell",
  manual: "Needs review",
  covered: "Covered by another control",
  nothing: "Nothing to judge",
};

/** Title and list have the workloads and the platform; the score has workloads alone. */
function failingTitle(answer: ControlResponse, all: number): string {
  if (all > 0) return `${formatCount(all)} failing${all === 1 ? "" : ", worst first"}`;
  const standing = controlStanding(answer);
  return standing === "not-assessed" && answer.counts?.isSwitchedOff === true
    ? "Off by choice is out of scope: neither a pass nor a gap"
    : NOTHING_FAILS[standing];
}

/** Where it fails, or why it does not. */
function Failing({ answer, open, base }: { readonly answer: ControlResponse; readonly open: number; readonly base: string }): ReactNode {
  const { control, failing, platform } = answer;
  return (
    <Section
      title={failingTitle(answer, open)}
      note={
        platform.failing > 0 || failing.length < open ? (
          <>
            {platform.failing === 0
              ? null
              : `${platform.failing === open ? "" : `${formatCount(platform.failing)} `}on the platform, which is scored separately`}
            {platform.failing > 0 && failing.length < open ? " · " : null}
            {failing.length < open ? (
              <PostureLink className="link" href={`${base}/findings?control=${control.id}`}>{`All ${formatCount(open)}`}</PostureLink>
            ) : null}
          </>
        ) : undefined
      }
    >
      {failing.length === 0 ? <NothingFails answer={answer} base={base} /> : <FindingLines rows={failing} base={base} caption="Failing subjects" />}
    </Section>
  );
}

/** One control, readable cold within a minute: what should hold, why, how to see it, how to fix it, and where it fails. */
export function ControlPage({ answer, base, zone }: { readonly answer: ControlResponse; readonly base: string; readonly zone: TimeZone }): ReactNode {
  const { control, tuning, kept, counts, failing, platform, moment, gain } = answer;
  const open = counts === null ? failing.length : counts.failing + platform.failing;
  const failingPart = <Failing answer={answer} open={open} base={base} />;
  // Then why nobody can tell comes before what would be said of any cluster.
  const isUnknown = controlStanding(answer) === "not-assessed";
  // This release does not have it: what it asks, and of what, nobody can say.
  const isGone = tuning.own === null && control.verify === "";
  return (
    <>
      <PageHead
        crumbs={[
          <PostureLink key="all" href={`${base}/controls`}>
            Controls
          </PostureLink>,
          <PostureLink key="layer" href={`${base}/layers/${control.layer}`}>
            <LayerTag layer={control.layer} />
          </PostureLink>,
          <span key="id" className="mono">
            {control.id}
          </span>,
        ]}
        answer={control.title}
        sub={
          <>
            <SeverityTag severity={control.severity} />
            {" · "}
            {controlSays(answer)}
            {gain === null || gain < 0.005 ? "" : ` Fixing all of it gains ${formatPoints(gain, 2)} points, unless other controls begin to apply.`}
          </>
        }
        actions={<ControlActions control={control.id} kept={kept} open={open} base={base} />}
      />
      <TuningNote tuning={tuning} severity={control.severity} />
      {isUnknown ? failingPart : null}
      <div className="sec cols">
        <div className="c8 prose">
          {tuning.own === null ? null : (
            <Section ruled={false} title="What it checks" note={`of each ${tuning.own.subject}`}>
              <CommandText text={tuning.own.expression} />
            </Section>
          )}
          <Section ruled={tuning.own !== null} title="Why it matters">
            <p>
              <Prose text={control.why} />
            </p>
          </Section>
          <ControlHow control={control} isOwn={tuning.own !== null} isJudged={counts !== null} />
          <ControlTrend answer={answer} zone={zone} />
        </div>
        <div className="c4">
          <ControlFacts control={control} counts={counts} platform={platform} asks={tuning.own?.subject ?? (isGone ? null : control.subject)} base={base} />
        </div>
      </div>
      {isUnknown ? null : failingPart}
      <ControlUnassessed answer={answer} base={base} />
      <PageFoot parts={[control.id, ...(moment.at ? [moment.at] : []), "counts of workload scope"]} />
    </>
  );
}
