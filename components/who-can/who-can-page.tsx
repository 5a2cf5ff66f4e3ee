import type { ReactNode } from "react";
import type { WhoCanResponse } from "@/lib/contracts/who-can";
import { formatCount } from "@/lib/format/numbers";
import { showHidden } from "@/lib/format/show-hidden";
import { WHO_CAN_PRESETS } from "@/lib/format/who-can-presets";
import { subjectTitle, whoCanPhrase, whoCanTitle } from "@/lib/format/who-can-titles";
import { toIdentityText } from "@/lib/model/identity-text";
import { joinWords } from "@/lib/model/join-words";
import { LinkTabs } from "../primitives/link-tabs";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { OfThisRelease } from "../posture/of-this-release";
import { NotAssessedMessage } from "../posture/not-assessed-message";
import { AskForm } from "./ask-form";
import { askHref } from "./ask-href";
import { HolderTable } from "./holder-table";
import { SubjectAnswer } from "./subject-answer";

const UNSEEN =
  "Rights of other authorisers (webhook, node, cloud) and members of groups that an identity provider fills are not visible here. Members of system:masters can do everything.";

/** The title of the page. */
export function whoCanAnswer({ notAssessed, question, subject, holderCount }: WhoCanResponse): string {
  if (question.by === "subject")
    return notAssessed
      ? "What an identity may do was not assessed"
      : subject
        ? subjectTitle(subject.identity, subject.rightCount, subject.power)
        : "What may an identity do?";
  return notAssessed ? `Who can ${whoCanPhrase(question)} was not assessed` : whoCanTitle(holderCount, question);
}

function unknownWords(resources: readonly string[]): string {
  return `No rule and no kind that was read is called ${joinWords(resources.map(showHidden))}: write resources in the plural, such as secrets, deployments.apps or pods/exec.`;
}

function Answer({ answer, base }: { readonly answer: WhoCanResponse; readonly base: string }): ReactNode {
  const { notAssessed, question, subject, holders, holderCount, choices, unknownResources } = answer;
  if (notAssessed) return <NotAssessedMessage notAssessed={notAssessed} base={base} />;
  if (question.by === "subject")
    return subject ? (
      <SubjectAnswer subject={subject} areAccountsRead={answer.areAccountsRead} base={base} />
    ) : (
      <div className="sec">
        <Message say="Choose an identity">{`The field suggests ${formatCount(choices.subjects.length)} service accounts, users and groups that exist or that a binding names.`}</Message>
      </div>
    );
  if (holders.length === 0)
    return (
      <div className="sec">
        <Message say="No binding leads to a rule that allows it">
          {unknownResources.length === 0 ? "Every role and binding of this snapshot was checked." : unknownWords(unknownResources)}
        </Message>
      </div>
    );
  return (
    <div className="sec">
      {unknownResources.length === 0 ? null : <p className="soft">{`${unknownWords(unknownResources)} These may do it to whatever there is.`}</p>}
      <HolderTable holders={holders} areAccountsRead={answer.areAccountsRead} base={base} />
      {holders.length < holderCount ? (
        <p className="cap">{`The first ${formatCount(holders.length)} of ${formatCount(holderCount)} identities are shown.`}</p>
      ) : null}
    </div>
  );
}

/** Who may do something, or what somebody may do; the address holds the question. */
export function WhoCanPage({ answer, base }: { readonly answer: WhoCanResponse; readonly base: string }): ReactNode {
  const { question, subject, moment, choices } = answer;
  const { by, verb, resource, namespace } = question;
  const asked = question.subject;
  const subjectText = asked === null ? "" : toIdentityText(asked);
  const noSubject = subject !== null && !subject.isKnown ? "No binding of this snapshot names it. " : "";
  const noNamespace = answer.isNamespaceUnknown ? `No namespace of this snapshot is called ${showHidden(namespace ?? "")}. ` : "";
  return (
    <>
      <PageHead answer={whoCanAnswer(answer)} sub={noSubject + noNamespace + UNSEEN} />
      <LinkTabs
        label="Ways to ask"
        tabs={[
          { href: askHref(base, {}), label: "By capability", current: by === "capability" },
          { href: askHref(base, { by: "object" }), label: "By object", current: by === "object" },
          { href: askHref(base, { by: "subject" }), label: "By identity", current: by === "subject" },
        ]}
      />
      <AskForm question={question} subject={subjectText} choices={choices} base={base} />
      {by === "capability" ? (
        <nav className="presets" aria-label="Usual questions">
          {WHO_CAN_PRESETS.map((preset) => (
            <PostureLink
              key={preset.label}
              className="ctl line"
              scroll={false}
              href={askHref(base, { verb: preset.verb, resource: preset.resource, namespace })}
              {...(preset.verb === verb && preset.resource === resource ? { "aria-current": "page" as const } : {})}
            >
              {preset.label}
            </PostureLink>
          ))}
        </nav>
      ) : null}
      <Answer answer={answer} base={base} />
      {moment.at ? <OfThisRelease what="What rights allow" /> : null}
      <PageFoot parts={[...(moment.at ? [moment.at, "RBAC only"] : ["no snapshot yet"])]} />
    </>
  );
}
