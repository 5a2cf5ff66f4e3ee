import type { ReactNode } from "react";
import type { NetworkFrame as Frame } from "@/lib/contracts/network";
import { formatNoun } from "@/lib/format/numbers";
import { LinkTabs } from "../primitives/link-tabs";
import { PageHead } from "../primitives/page-head";
import { PageFoot } from "../shell/page-foot";
import { OfThisRelease } from "../posture/of-this-release";
import { NotAssessedMessage } from "../posture/not-assessed-message";
import { networkHref } from "./network-href";
import { NetworkNotices } from "./network-notices";

interface NetworkFrameProps {
  readonly frame: Frame;
  readonly base: string;
  readonly view: "matrix" | "workload" | "policy";
  readonly title: string;
  readonly sub: string;
  readonly crumbs?: readonly ReactNode[];
  /** Carried from one tab to the next. */
  readonly workload?: string | undefined;
  /** The question; shown even when nothing can be told. */
  readonly ask?: ReactNode;
  readonly children: ReactNode;
}

/** What all views of the network have around them. */
export function NetworkFrame({ frame, base, view, title, sub, crumbs, workload, ask, children }: NetworkFrameProps): ReactNode {
  const { notAssessed, moment, policies } = frame;
  return (
    <>
      <PageHead answer={title} sub={sub} {...(crumbs && { crumbs })} />
      <LinkTabs
        label="Ways to look"
        tabs={[
          { href: networkHref(base), label: "By namespace", current: view === "matrix" },
          { href: networkHref(base, { by: "workload", workload }), label: "By workload", current: view === "workload" },
          { href: networkHref(base, { by: "policy", workload }), label: "Generate a policy", current: view === "policy" },
        ]}
      />
      {notAssessed ? (
        <NotAssessedMessage notAssessed={notAssessed} base={base} say="Who reaches whom is unknown" />
      ) : (
        <>
          <NetworkNotices frame={frame} base={base} />
          {ask}
          {children}
          <OfThisRelease what="What policies let through" />
        </>
      )}
      <PageFoot
        parts={[
          ...(moment.at ? [moment.at] : []),
          // Of a cluster whose policies nobody could count, not that there are none.
          ...(notAssessed ? [] : [formatNoun(policies.count, "network policy", "network policies")]),
          "from declared policies, not from traffic",
        ]}
      />
    </>
  );
}
