import type { ReactNode } from "react";
import type { NetworkMatrixResponse, NetworkPairResponse, NetworkPolicyResponse, NetworkWorkloadResponse } from "@/lib/contracts/network";
import { endWords, networkCountWords } from "@/lib/format/network-titles";
import { formatNoun } from "@/lib/format/numbers";
import { showHidden } from "@/lib/format/show-hidden";
import { Message } from "../primitives/message";
import { PostureLink } from "../shell/posture-link";
import { AskWorkload } from "./ask-workload";
import { ChoiceLinks } from "./choice-links";
import { MatrixAnswer } from "./matrix-answer";
import { networkMatrixAnswer, networkPairAnswer, networkPolicyAnswer, networkWorkloadAnswer } from "./network-answers";
import { NetworkFrame } from "./network-frame";
import { networkHref } from "./network-href";
import { PairAnswer } from "./pair-answer";
import { PolicyAnswer } from "./policy-answer";
import { WorkloadAnswer } from "./workload-answer";

const BOTH_ENDS = "What policies let through, by the same rules as enforcement: both ends must allow a connection.";

export function NetworkMatrixPage({ answer, base }: { readonly answer: NetworkMatrixResponse; readonly base: string }): ReactNode {
  const { namespaces, counts, workloads } = answer;
  const between = counts.open + counts.restricted + counts.closed + counts.unknown > 0 ? `${networkCountWords(counts)}. ` : "";
  // Of a cluster without workloads the title has said so.
  const size = namespaces === 0 ? "" : `${formatNoun(workloads, "workload")} in ${formatNoun(namespaces, "namespace")}. `;
  return (
    <NetworkFrame
      frame={answer}
      base={base}
      view="matrix"
      title={networkMatrixAnswer(answer)}
      sub={answer.notAssessed ? BOTH_ENDS : `${size}${between}${BOTH_ENDS}`}
    >
      <MatrixAnswer matrix={answer} base={base} />
    </NetworkFrame>
  );
}

export function NetworkPairPage({ answer, base }: { readonly answer: NetworkPairResponse; readonly base: string }): ReactNode {
  const [from, to] = [endWords(answer.from), endWords(answer.to)];
  return (
    <NetworkFrame
      frame={answer}
      base={base}
      view="matrix"
      title={networkPairAnswer(answer)}
      sub={BOTH_ENDS}
      crumbs={[
        <PostureLink key="all" href={networkHref(base)}>
          Network
        </PostureLink>,
        <span key="pair" className="mono">
          {showHidden(`${from} → ${to}`)}
        </span>,
      ]}
    >
      <PairAnswer answer={answer} base={base} />
    </NetworkFrame>
  );
}

function Unknown({ what, isNamespace = false }: { readonly what: string; readonly isNamespace?: boolean }): ReactNode {
  return (
    <div className="sec">
      <Message say={isNamespace ? `Nothing runs in a namespace called ${what}` : `Nothing called ${what} runs here`}>
        {isNamespace ? "" : "Write a workload as namespace/Kind/name, as in payments/Deployment/api. "}
        Jobs that have finished are left out: they connect to nothing any more.
      </Message>
    </div>
  );
}

export function NetworkWorkloadPage({ answer, base }: { readonly answer: NetworkWorkloadResponse; readonly base: string }): ReactNode {
  const { asked, workload, choices } = answer;
  return (
    <NetworkFrame
      frame={answer}
      base={base}
      view="workload"
      workload={asked ?? undefined}
      title={networkWorkloadAnswer(answer)}
      sub={BOTH_ENDS}
      ask={<AskWorkload by="workload" workload={asked ?? ""} choices={choices} base={base} />}
    >
      {workload ? (
        <WorkloadAnswer workload={workload} base={base} />
      ) : asked === null ? (
        <div className="sec">
          <Message say="Choose a workload">{`The field suggests ${formatNoun(choices.workloads.length, "workload")}; you can type others.`}</Message>
          <ChoiceLinks by="workload" workloads={choices.workloads} base={base} />
        </div>
      ) : (
        <Unknown what={asked} />
      )}
    </NetworkFrame>
  );
}

export function NetworkPolicyPage({ answer, base }: { readonly answer: NetworkPolicyResponse; readonly base: string }): ReactNode {
  const { asked, proposal, isKnown, notProposed, choices } = answer;
  const target = asked.workload ?? asked.namespace;
  return (
    <NetworkFrame
      frame={answer}
      base={base}
      view="policy"
      workload={asked.workload ?? undefined}
      title={networkPolicyAnswer(answer)}
      sub="Made from Services, Ingresses, routes, webhooks and workload settings; checked on every pair of pods; never applied."
      ask={
        <AskWorkload
          by="policy"
          workload={asked.workload ?? ""}
          namespace={asked.namespace ?? ""}
          {...(asked.callers === "named" && { callers: "named" })}
          choices={choices}
          base={base}
        />
      }
    >
      {notProposed ? (
        <div className="sec">
          <Message kind="not-assessed" say="No policy is generated" {...(notProposed.action !== null && { detail: notProposed.action })}>
            {`${notProposed.reason} A policy made without them could cut connections that they need.`}
          </Message>
        </div>
      ) : proposal ? (
        <PolicyAnswer answer={answer} proposal={proposal} base={base} />
      ) : target === null || isKnown ? (
        <div className="sec">
          <Message say="Choose a workload or a namespace">
            For a namespace, everything is closed by default, and each workload gets a policy of its own.
          </Message>
          <ChoiceLinks by="policy" workloads={choices.workloads} base={base} />
        </div>
      ) : (
        <Unknown what={target} isNamespace={asked.workload === null} />
      )}
    </NetworkFrame>
  );
}
