import type { ReactNode } from "react";
import type { WhoCanSubject } from "@/lib/contracts/who-can";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { powerWords } from "@/lib/format/who-can-titles";
import { Facts } from "../primitives/facts";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { askHref } from "./ask-href";
import { PathLinks, RuleWords, scopeWords } from "./right-path";
import { ColumnHeads } from "../tables/column-heads";

function Rights({ rights, cluster }: { readonly rights: WhoCanSubject["rights"]; readonly cluster: string }): ReactNode {
  return (
    <table className="table rows even who">
      <caption className="sr">Rules that it has</caption>
      <ColumnHeads columns={[["May"], ["Scope", "w-scope"], ["Binding, role and rule", "w-way"]]} />
      <tbody>
        {rights.map((path, index) => (
          <tr key={index}>
            <td>
              <RuleWords path={path} />
            </td>
            <td data-label="Scope">{scopeWords(path.namespace)}</td>
            <td data-label="Binding, role and rule">
              <PathLinks path={path} cluster={cluster} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Workloads({ workloads, cluster }: { readonly workloads: NonNullable<WhoCanSubject["workloads"]>; readonly cluster: string }): ReactNode {
  if (workloads.length === 0) return <p className="cap">No workload of this snapshot runs as it.</p>;
  return (
    <ul className="ways">
      {workloads.map(({ ref, mountsToken }) => (
        <li key={`${ref.kind} ${ref.name}`}>
          <PostureLink className="link mono" href={resourcePath(cluster, ref)}>
            {ref.name}
          </PostureLink>
          <span className="cap">{` ${ref.kind}, ${mountsToken ? "mounts its token" : "without its token"}`}</span>
        </li>
      ))}
    </ul>
  );
}

/** What one identity may do, by itself and by the groups that it is always in, and what runs as it. */
export function SubjectAnswer({
  subject,
  areAccountsRead,
  base,
}: {
  readonly subject: WhoCanSubject;
  readonly areAccountsRead: boolean;
  readonly base: string;
}): ReactNode {
  const cluster = slugOf(base);
  const { identity, account, groups, rights, rightCount, workloads } = subject;
  const groupLinks = groups.map((name) => (
    <PostureLink key={name} className="link mono block" href={askHref(base, { by: "subject", subject: `Group/${name}` })}>
      {name}
    </PostureLink>
  ));
  return (
    <>
      <div className="sec">
        <Facts
          kind="across"
          facts={[
            { label: "Power", value: powerWords(subject.power) },
            { label: "Groups it is always in", value: groupLinks.length === 0 ? "none" : groupLinks },
            ...(identity.kind === "ServiceAccount"
              ? [
                  {
                    label: "Object",
                    value:
                      account === null ? (
                        areAccountsRead ? (
                          "it does not exist in this snapshot"
                        ) : (
                          "not assessed: service accounts could not be read"
                        )
                      ) : (
                        <PostureLink className="link mono" href={resourcePath(cluster, account)}>{`${identity.namespace}/${identity.name}`}</PostureLink>
                      ),
                  },
                ]
              : []),
          ]}
        />
      </div>
      <Section
        title="What it may do"
        note={rights.length < rightCount ? `the first ${formatCount(rights.length)} of ${formatNoun(rightCount, "rule")}` : formatNoun(rightCount, "rule")}
      >
        {rights.length === 0 ? (
          <p className="cap">No binding gives it, or a group that it is always in, any rule.</p>
        ) : (
          <Rights rights={rights} cluster={cluster} />
        )}
      </Section>
      {identity.kind !== "ServiceAccount" ? null : (
        <Section title="Workloads that run as it" {...(workloads !== null && { note: formatNoun(workloads.length, "workload") })}>
          {workloads === null ? (
            <p className="cap">Not assessed: some kinds of workloads could not be read, or its namespace has more than one page can check.</p>
          ) : (
            <Workloads workloads={workloads} cluster={cluster} />
          )}
        </Section>
      )}
    </>
  );
}
