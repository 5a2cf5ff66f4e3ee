import type { ReactNode } from "react";
import type { OwnControlDto, OwnSubjectChoice } from "@/lib/contracts/own-controls";
import { PageHead } from "../primitives/page-head";
import { PostureLink } from "../shell/posture-link";
import { OwnControlEditor } from "./own-control-editor";

interface OwnControlPageProps {
  readonly cluster: string;
  readonly base: string;
  /** null = a new one. */
  readonly spec: OwnControlDto | null;
  readonly subjects: readonly OwnSubjectChoice[];
}

/** Where a control of one's own is written, tried on the latest snapshot, and kept. */
export function OwnControlPage({ cluster, base, spec, subjects }: OwnControlPageProps): ReactNode {
  return (
    <>
      <PageHead
        crumbs={[
          <PostureLink key="settings" href={`${base}/settings`}>
            Settings
          </PostureLink>,
          <PostureLink key="own" href={`${base}/settings#own-controls`}>
            Own controls
          </PostureLink>,
          ...(spec === null
            ? []
            : [
                <span key="id" className="mono">
                  {spec.id}
                </span>,
              ]),
        ]}
        answer={spec === null ? "Write a control" : spec.title}
        sub="A CEL expression that is true for every object that meets the control. Try it before you save it: a trial stores nothing."
        actions={
          spec === null ? undefined : (
            <PostureLink className="ctl line" href={`${base}/controls/${spec.id}`}>
              Its page
            </PostureLink>
          )
        }
      />
      <OwnControlEditor key={spec?.id ?? ""} cluster={cluster} base={base} spec={spec} subjects={subjects} />
    </>
  );
}
