import { Fragment, type ReactNode } from "react";
import type { ControlDto } from "@/lib/contracts/controls";
import { Facts } from "../primitives/facts";
import { Parted } from "../primitives/parted";
import { PostureLink } from "../shell/posture-link";
import { frameworkHref } from "./framework-href";

/** The clauses that a control decides, by framework; each leads to its place in it. */
export function ClauseFacts({ clauses, base }: { readonly clauses: ControlDto["frameworks"]; readonly base: string }): ReactNode {
  return (
    <Facts
      facts={[...Map.groupBy(clauses, ({ framework }) => framework)].map(([framework, entries]) => ({
        label: framework,
        value: entries.map(({ key, id, clause }, index) => (
          <Fragment key={id}>
            {index === 0 ? null : ", "}
            <PostureLink className="link" href={`${frameworkHref(base, key, { state: null, view: "list" })}#${id}`}>
              <Parted text={clause} />
            </PostureLink>
          </Fragment>
        )),
      }))}
    />
  );
}
