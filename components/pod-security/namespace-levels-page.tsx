import type { ReactNode } from "react";
import type { PodSecurityBlocker, PodSecurityResponse, PodSecurityRow } from "@/lib/contracts/pod-security";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { labelSentence, meetsWords, namespaceLevelTitle } from "@/lib/format/pod-security-titles";
import { CopyButton } from "../primitives/copy-button";
import { Facts } from "../primitives/facts";
import { PageHead } from "../primitives/page-head";
import { Section } from "../primitives/section";
import { CommandText } from "../primitives/command-text";
import { nextHref } from "../shell/next-href";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { BlockerTable } from "./blocker-table";
import { NotAssessedMessage } from "../posture/not-assessed-message";
import { namespaceLevelsHref } from "./pod-security-href";

const UNSEEN =
  "Exemptions in the configuration of the API server are not visible here. Labels refuse new pods only: what runs stays until its pods are made anew.";

function CommandSection({ title, command, children }: { readonly title: string; readonly command: string; readonly children: ReactNode }): ReactNode {
  return (
    <Section title={title}>
      <p className="soft">{children}</p>
      <CommandText text={command} />
      <div className="say-acts">
        <CopyButton text={command}>Copy command</CopyButton>
        <CopyButton text={command.replace("kubectl label", "kubectl label --dry-run=server")}>Copy as dry run</CopyButton>
      </div>
    </Section>
  );
}

function Commands({ row }: { readonly row: PodSecurityRow }): ReactNode {
  const judged = row.workloads === 0 ? "It has no workload that could be refused." : `None of its ${formatNoun(row.workloads, "workload")} would be refused.`;
  return (
    <>
      {row.step === null || row.command === null ? null : (
        <CommandSection title={`Enforce ${row.step} today`} command={row.command}>
          {`${judged} The server answers the dry run with a warning for each pod that it would refuse.`}
        </CommandSection>
      )}
      {row.blocked === null || row.trial === null ? null : (
        <CommandSection title={`Let ${row.blocked} warn first`} command={row.trial}>
          {`Nothing is refused: people who deploy are warned of what ${row.blocked} would refuse, and the audit log records it.`}
        </CommandSection>
      )}
    </>
  );
}

function Blockers({
  level,
  blockers,
  next,
  row,
  base,
}: {
  readonly level: "baseline" | "restricted";
  readonly blockers: readonly PodSecurityBlocker[];
  /** Where the list goes on. */
  readonly next: string | null;
  readonly row: PodSecurityRow;
  readonly base: string;
}): ReactNode {
  if (blockers.length === 0 && next === null) return null;
  const isLater = level === "restricted" && row.blocked === "baseline";
  const all = row[level].refused + row[level].undecided;
  return (
    <Section
      title={`${isLater ? "Also blocking" : "Blocking"} ${level}`}
      note={next === null ? formatNoun(blockers.length, "workload") : `${formatNoun(blockers.length, "workload")} of ${formatCount(all)}`}
    >
      <BlockerTable caption={`Workloads that block ${level}`} blockers={blockers} cluster={slugOf(base)} />
      {next === null ? null : (
        <p className="more">
          <PostureLink className="ctl line" href={next}>
            Next workloads
          </PostureLink>
        </p>
      )}
    </Section>
  );
}

/** The title of the page. */
export function namespaceLevelsAnswer({ row, off }: PodSecurityResponse, namespace: string): string {
  return row ? namespaceLevelTitle(row, off !== null) : `What ${namespace} could enforce was not assessed`;
}

/** One namespace on its way up: labels, the next level that breaks nothing, and each field that blocks the one after. */
export function NamespaceLevelsPage({
  answer,
  namespace,
  base,
}: {
  readonly answer: PodSecurityResponse;
  readonly namespace: string;
  readonly base: string;
}): ReactNode {
  const { row, notAssessed, unread, baseline, restricted, next, moment, policyVersion } = answer;
  const cluster = slugOf(base);
  const ref = { apiVersion: "v1", kind: "Namespace", namespace: null, name: namespace };
  const at = moment.at;
  const goOn = (level: "baseline" | "restricted"): string | null => {
    const after = next[level];
    return after === null || at === null ? null : nextHref(namespaceLevelsHref(base, namespace), at.seq, { [level]: after });
  };
  return (
    <>
      <PageHead
        crumbs={[
          <PostureLink key="all" href={`${base}/pod-security`}>
            Pod Security
          </PostureLink>,
          <PostureLink key="one" href={resourcePath(cluster, ref)}>
            {namespace}
          </PostureLink>,
        ]}
        answer={namespaceLevelsAnswer(answer, namespace)}
        sub={UNSEEN}
      />
      {notAssessed ? <NotAssessedMessage notAssessed={notAssessed} base={base} /> : null}
      {unread ? <NotAssessedMessage notAssessed={unread} base={base} say="Not every kind of workload was read" /> : null}
      {row === null ? null : (
        <>
          <div className="under-head">
            <Facts
              kind="across"
              facts={[
                { label: "Enforces", value: labelSentence(row.labels.enforce) },
                { label: "Writes to the audit log", value: labelSentence(row.labels.audit) },
                { label: "Warns", value: labelSentence(row.labels.warn) },
                {
                  label: "Its workloads meet",
                  value: row.meets !== null && row.workloads === 0 ? "it has none" : meetsWords(row),
                  note: `at ${policyVersion}`,
                },
                ...(row.engine === null
                  ? []
                  : [
                      {
                        label: "Guarded by",
                        value: (
                          <PostureLink className="link" href={resourcePath(cluster, row.engine)}>
                            {row.engine.name}
                          </PostureLink>
                        ),
                        note: row.engine.kind,
                      },
                    ]),
              ]}
            />
          </div>
          <Commands row={row} />
          <Blockers level="baseline" blockers={baseline} next={goOn("baseline")} row={row} base={base} />
          <Blockers level="restricted" blockers={restricted} next={goOn("restricted")} row={row} base={base} />
        </>
      )}
      <PageFoot parts={[`namespace ${namespace}`, ...(at ? [at] : ["no snapshot yet"]), `Pod Security Standards ${policyVersion}`]} />
    </>
  );
}
