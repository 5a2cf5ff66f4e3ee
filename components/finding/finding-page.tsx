import type { ReactNode } from "react";
import type { FindingResponse } from "@/lib/contracts/findings";
import { FINDING_STATE_WORDS, findingTitle } from "@/lib/format/finding-titles";
import type { TimeZone } from "@/lib/format/instant";
import { controlPath } from "@/lib/format/paths";
import { LAYER_WORDS } from "@/lib/format/words";
import { TuningNote } from "../posture/tuning-note";
import { LayerTag } from "../primitives/layer-tag";
import { PageHead } from "../primitives/page-head";
import { Pill } from "../primitives/pill";
import { Prose } from "../primitives/prose";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { StateTag } from "../primitives/state-tag";
import { PageFoot } from "../shell/page-foot";
import { PostureLink } from "../shell/posture-link";
import { networkHref, workloadText } from "../network/network-href";
import { FindingActions } from "./finding-actions";
import { FindingContext } from "./finding-context";
import { FindingEvidence } from "./finding-evidence";
import { FindingFacts } from "./finding-facts";
import { FindingFix } from "./finding-fix";
import { FindingHistory } from "./finding-history";

interface FindingPageProps {
  readonly finding: FindingResponse;
  readonly cluster: string;
  readonly base: string;
  readonly zone: TimeZone;
}

const TAG_STATES = {
  manual: "manual",
  waived: "waived",
  unknown: "unknown",
  "not-assessed": "unknown",
  fixed: "pass",
  // Nobody mended it, and its control may have nothing to say there: no green.
  "not-failing": "not-applicable",
  covered: "subsumed",
  gone: "not-applicable",
  "not-yet": "not-applicable",
} as const;

function StateNote({ finding }: { readonly finding: FindingResponse }): ReactNode {
  const { state, isStale } = finding;
  if (state !== "open") return <StateTag state={TAG_STATES[state]}>{FINDING_STATE_WORDS[state]}</StateTag>;
  return isStale ? <Pill kind="not-assessed">open, as last assessed</Pill> : <span>Open</span>;
}

/** Findings of network policies lead to what the policies let through, and to what would close it. */
function NetworkLink({ finding: { control, resource }, base }: { readonly finding: FindingResponse; readonly base: string }): ReactNode {
  if (!control.startsWith("netpol-") || resource.kind === "NetworkPolicy") return null;
  const isNamespace = resource.kind === "Namespace";
  const asked = isNamespace ? { namespace: resource.name } : { workload: workloadText(resource) };
  return (
    <p className="finding-network">
      {isNamespace ? null : (
        <>
          <PostureLink className="link" href={networkHref(base, { by: "workload", ...asked })}>
            See who reaches it
          </PostureLink>
          {" · "}
        </>
      )}
      <PostureLink className="link" href={networkHref(base, { by: "policy", ...asked })}>
        Generate policies that close the rest
      </PostureLink>
    </p>
  );
}

/** What fails, where, why it matters, the evidence beside the change, and what happened since. */
export function FindingPage({ finding, cluster, base, zone }: FindingPageProps): ReactNode {
  const { moment, state, id, control, layer, severity } = finding;
  const isFailing = state === "open" || state === "manual" || state === "not-assessed";
  const actions = (
    <FindingActions base={base} moment={{ at: moment.at?.seq ?? null, since: moment.since?.seq ?? null }} patch={finding.patch?.kubectl ?? null} />
  );
  return (
    <>
      <PageHead
        crumbs={[
          <PostureLink key="findings" href={`${base}/findings`}>
            Findings
          </PostureLink>,
          <PostureLink key="layer" href={`${base}/layers/${layer}`}>
            {LAYER_WORDS[layer]}
          </PostureLink>,
          <PostureLink key="control" className="mono" href={controlPath(cluster, control)}>
            {control}
          </PostureLink>,
          <span key="id" className="mono">
            {id}
          </span>,
        ]}
        answer={findingTitle(finding)}
        actions={actions}
      />
      <div className="finding-meta">
        <SeverityTag severity={severity} />
        <LayerTag layer={layer} />
        <StateNote finding={finding} />
        <span>
          Control:{" "}
          <PostureLink className="link" href={controlPath(cluster, control)}>
            {finding.shouldHold}
          </PostureLink>
        </span>
      </div>
      <TuningNote tuning={finding.tuning} severity={severity} />
      <NetworkLink finding={finding} base={base} />
      <FindingFacts finding={finding} cluster={cluster} />
      {finding.why === "" ? null : (
        <Section ruled={false} className="finding-why" title="Why it matters">
          <p className="prose">
            <Prose text={finding.why} />
          </p>
        </Section>
      )}
      <div className="sec cols evidence">
        <FindingEvidence finding={finding} cluster={cluster} />
        <FindingFix finding={finding} isFailing={isFailing} />
      </div>
      <FindingHistory finding={finding} zone={zone} />
      <FindingContext finding={finding} cluster={cluster} />
      <PageFoot parts={[id, ...(moment.at === null ? [] : [moment.at]), "this link keeps working after the fix"]} />
    </>
  );
}
