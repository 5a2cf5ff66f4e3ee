import type { ReactNode } from "react";
import type { ListPodSecurityResponse } from "@/lib/contracts/pod-security";
import { formatCount } from "@/lib/format/numbers";
import { podSecurityTitle } from "@/lib/format/pod-security-titles";
import { LinkTabs } from "../primitives/link-tabs";
import { Message } from "../primitives/message";
import { PageHead } from "../primitives/page-head";
import { nextHref } from "../shell/next-href";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { NamespaceLevelsTable } from "./namespace-levels-table";
import { NotAssessedMessage } from "../posture/not-assessed-message";
import { type PodSecurityShow, podSecurityHref } from "./pod-security-href";
import { AllCommands, WayOut } from "./way-out";

const TABS: readonly { readonly show: PodSecurityShow; readonly label: string }[] = [
  { show: "all", label: "All namespaces" },
  { show: "step", label: "Could enforce more" },
  { show: "blocked", label: "Blocked" },
  { show: "overreach", label: "Would refuse what runs" },
];

function subOf({ policyVersion, isVersionKnown, defaults, off, counts }: ListPodSecurityResponse): string {
  const judged = isVersionKnown
    ? `Judged as the admission plugin of ${policyVersion} decides.`
    : `The server did not say its version: judged by ${policyVersion}, the newest that is known.`;
  if (off !== null) return `Labels do nothing, whatever they say: what workloads meet is shown beside them. ${judged}`;
  const file = defaults === null ? "" : " The API server reads defaults for namespaces without labels from a file, which the API does not show.";
  return `${formatCount(counts.enforcing)} of ${formatCount(counts.all)} enforce baseline or restricted now. ${judged} Labels refuse new pods only; what runs stays.${file}`;
}

/** The title of the page. */
export function podSecurityAnswer({ notAssessed, counts, unread, off }: ListPodSecurityResponse): string {
  return notAssessed ? "What namespaces could enforce was not assessed" : podSecurityTitle(counts, unread === null, off !== null);
}

/** "Could enforce today": by namespace, the level that its workloads already meet, and what blocks the next. */
export function PodSecurityPage({
  answer,
  show,
  base,
}: {
  readonly answer: ListPodSecurityResponse;
  readonly show: PodSecurityShow;
  readonly base: string;
}): ReactNode {
  const { notAssessed, unread, rows, counts, nextAfter, moment, policyVersion } = answer;
  const at = moment.at;
  return (
    <>
      <PageHead answer={podSecurityAnswer(answer)} {...(notAssessed ? {} : { sub: subOf(answer) })} />
      {notAssessed ? (
        <NotAssessedMessage notAssessed={notAssessed} base={base} />
      ) : (
        <>
          {unread ? <NotAssessedMessage notAssessed={unread} base={base} say="Not every kind of workload was read" /> : null}
          <LinkTabs
            label="Namespaces"
            tabs={TABS.map((tab) => ({ href: podSecurityHref(base, tab.show), label: tab.label, count: counts[tab.show], current: tab.show === show }))}
          />
          {rows.length === 0 ? (
            <div className="sec">
              <Message say="No namespace is in this list">{`All ${formatCount(counts.all)} namespaces of this snapshot were looked at.`}</Message>
            </div>
          ) : (
            <NamespaceLevelsTable rows={rows} base={base} isOff={answer.off !== null} />
          )}
          {nextAfter === null || at === null ? null : (
            <p className="more">
              <PostureLink className="ctl line" href={nextHref(podSecurityHref(base, show), at.seq, { after: nextAfter })}>
                {`Next namespaces, after ${nextAfter}`}
              </PostureLink>
            </p>
          )}
          <AllCommands commands={answer.commands} />
          <WayOut answer={answer} base={base} />
        </>
      )}
      <PageFoot parts={[...(at ? [at] : ["no snapshot yet"]), `Pod Security Standards ${policyVersion}`]} />
    </>
  );
}
