import type { ReactNode } from "react";
import type { AdmissionResponse } from "@/lib/contracts/admission";
import { ADMISSION_EMPTY_WORDS, ADMISSION_GROUP_WORDS, admissionCount, admissionTitle } from "@/lib/format/admission-titles";
import { formatCount } from "@/lib/format/numbers";
import { PageHead } from "../primitives/page-head";
import { Section } from "../primitives/section";
import { OfThisRelease } from "../posture/of-this-release";
import { NotAssessedMessage } from "../posture/not-assessed-message";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { AdmissionIssues, AdmissionTable } from "./admission-table";

const SUB =
  "Everything that decides whether an object is admitted, as cluster objects and API server flags show it. What a webhook answers depends on its own configuration.";

function Group({ group, base }: { readonly group: AdmissionResponse["groups"][number]; readonly base: string }): ReactNode {
  const { key, notAssessed, count, parts, issues } = group;
  return (
    <Section title={ADMISSION_GROUP_WORDS[key]} note={admissionCount(group)}>
      {notAssessed === null ? null : (
        <p className="cap">
          <span className="pill na">not assessed</span> {notAssessed.reason}
        </p>
      )}
      {parts.length === 0 ? (
        notAssessed === null ? (
          <p className="soft">{ADMISSION_EMPTY_WORDS[key]}</p>
        ) : null
      ) : (
        <AdmissionTable caption={ADMISSION_GROUP_WORDS[key]} parts={parts} base={base} />
      )}
      {parts.length < count ? <p className="cap more">{`The first ${formatCount(parts.length)} of ${formatCount(count)} are listed.`}</p> : null}
      {issues.length === 0 ? null : (
        <div className="group-issues">
          <span className="cap">{parts.length === 0 ? "What is wrong" : "Beside these"}</span>
          <AdmissionIssues issues={issues} base={base} />
        </div>
      )}
      {key === "pod-security" ? (
        <p className="more">
          <PostureLink className="ctl line" href={`${base}/pod-security`}>
            What each namespace could enforce today
          </PostureLink>
        </p>
      ) : null}
    </Section>
  );
}

/** The title of the page. */
export function admissionAnswer({ notAssessed, groups }: AdmissionResponse): string {
  return notAssessed ? "What is enforced at admission was not assessed" : admissionTitle(groups);
}

/** What is there, what it does, and what is wrong with it. */
export function AdmissionPage({ answer, base }: { readonly answer: AdmissionResponse; readonly base: string }): ReactNode {
  const { notAssessed, groups, moment } = answer;
  const at = moment.at;
  return (
    <>
      <PageHead answer={admissionAnswer(answer)} sub={SUB} />
      {notAssessed ? (
        <NotAssessedMessage notAssessed={notAssessed} base={base} />
      ) : (
        <>
          {groups.map((group) => (
            <Group key={group.key} group={group} base={base} />
          ))}
          <OfThisRelease what="What each of these does" />
        </>
      )}
      <PageFoot parts={[at ? at : "no snapshot yet"]} />
    </>
  );
}
