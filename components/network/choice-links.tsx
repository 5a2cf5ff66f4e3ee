import type { ReactNode } from "react";
import { formatCount } from "@/lib/format/numbers";
import { showHidden } from "@/lib/format/show-hidden";
import { PostureLink } from "../shell/posture-link";
import { networkHref } from "./network-href";

/** So many are taken in at a glance; the field above finds the rest. */
const SHOWN = 120;

interface ChoiceLinksProps {
  readonly by: "workload" | "policy";
  /** As namespace/Kind/name. */
  readonly workloads: readonly string[];
  readonly base: string;
}

/** The workloads that may be asked about, by namespace; in a question about policies a namespace is a choice, too. */
export function ChoiceLinks({ by, workloads, base }: ChoiceLinksProps): ReactNode {
  const groups = Map.groupBy(workloads.slice(0, SHOWN), (workload) => workload.slice(0, workload.indexOf("/")));
  return (
    <>
      <ul className="net-choices">
        {[...groups].map(([namespace, own]) => (
          <li key={namespace}>
            <h2 className="mono">
              {by === "workload" ? (
                showHidden(namespace)
              ) : (
                <PostureLink className="link" href={networkHref(base, { by, namespace })}>
                  {showHidden(namespace)}
                </PostureLink>
              )}
            </h2>
            <ul>
              {own.map((workload) => {
                const [, kind, name] = workload.split("/");
                return (
                  <li key={workload}>
                    <PostureLink className="link mono" href={networkHref(base, { by, workload })}>
                      {showHidden(name ?? "")}
                    </PostureLink>{" "}
                    <span className="cap">{kind}</span>
                  </li>
                );
              })}
            </ul>
          </li>
        ))}
      </ul>
      {workloads.length > SHOWN ? <p className="cap more">{`The first ${formatCount(SHOWN)} are listed; the field finds the others.`}</p> : null}
    </>
  );
}
