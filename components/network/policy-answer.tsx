import type { ReactNode } from "react";
import type { NetworkPolicyResponse, NetworkProposal } from "@/lib/contracts/network";
import { networkChangeSentence, networkProofSentence } from "@/lib/format/network-titles";
import { formatCount, formatNoun } from "@/lib/format/numbers";
import { resourcePath } from "@/lib/format/paths";
import { showHidden } from "@/lib/format/show-hidden";
import { capitalise } from "@/lib/format/words";
import { joinWords } from "@/lib/model/join-words";
import { CodeBlock } from "../primitives/code-block";
import { CopyButton } from "../primitives/copy-button";
import { LinkTabs } from "../primitives/link-tabs";
import { Section } from "../primitives/section";
import { StateGlyph } from "../primitives/state-glyph";
import { PostureLink } from "../shell/posture-link";
import { slugOf } from "../shell/posture-search";
import { networkHref } from "./network-href";
import { RuleTable, targetWords } from "./rule-table";

const SHOWN = 8;

function Skipped({ skipped, cluster }: { readonly skipped: NetworkProposal["skipped"]; readonly cluster: string }): ReactNode {
  return (
    <Section title="Left unchanged" note={skipped.length > SHOWN ? `the first ${SHOWN} of ${formatCount(skipped.length)} reasons` : undefined}>
      <ul className="net-why">
        {skipped.slice(0, SHOWN).map(({ directions, message, object }) => (
          <li key={`${directions.join()} ${message}`}>
            <span className="cap">{`${directions.length === 2 ? "Both ways" : directions[0] === "ingress" ? "Into it" : "Out of it"}: `}</span>
            {object === null ? (
              showHidden(message)
            ) : (
              <PostureLink className="link" href={resourcePath(cluster, object)}>
                {showHidden(message)}
              </PostureLink>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a policy made of objects cannot know, said before anybody uses it. */
function Assumptions({ answer, proposal }: { readonly answer: NetworkPolicyResponse; readonly proposal: NetworkProposal }): ReactNode {
  const { callers, namespace } = answer.asked;
  const rules = proposal.policies.flatMap((policy) => policy.rules);
  const hasAnywhere = rules.some(({ peers, direction }) => direction === "ingress" && peers.some(({ kind }) => kind === "anywhere"));
  return (
    <Section title="What it assumes" className="net-assume">
      <ul>
        <li>It is based on objects alone, not on traffic. Try it where an outage does no harm, and watch for refused connections.</li>
        {callers === "cluster" ? (
          <li>Any pod may use any Service, and any pod may be behind one: between pods, only ports that no Service serves are closed.</li>
        ) : (
          <li>
            Callers of a Service are found in the environment and arguments of containers. Those that read its name from a ConfigMap, a Secret, a file or code
            are cut off.
          </li>
        )}
        <li>Outside hosts count where a setting has a whole URL. A policy knows no host names, so their ports are open to every outside address.</li>
        {hasAnywhere ? (
          <li>
            What comes through an Ingress, a route, a load balancer, a node port or from the API server has no pod that a selector could name: those ports stay
            open to any address.
          </li>
        ) : null}
        <li>Kubelet probes always reach pods on their own node, whatever policies say.</li>
        <li>
          Pods in the network of their node have its address, which no selector reaches: they call a Service, and answer for one, only where the settings of the
          caller name it.
        </li>
        <li>Pods are judged by their templates. Any pod created later with the same labels is closed in the same way.</li>
        {namespace !== null ? <li>The default closes every pod of the namespace, including future ones that no rule here covers.</li> : null}
        {proposal.isPlatform ? <li>This belongs to the platform: its parts talk to nodes and to the API server in ways that no object declares.</li> : null}
      </ul>
    </Section>
  );
}

/** The policies, what each rule is for, what is proven of them and what is not known. Nothing is ever applied. */
export function PolicyAnswer({
  answer,
  proposal,
  base,
}: {
  readonly answer: NetworkPolicyResponse;
  readonly proposal: NetworkProposal;
  readonly base: string;
}): ReactNode {
  const cluster = slugOf(base);
  const { workload, namespace, callers } = answer.asked;
  const href = (asked: string): string =>
    networkHref(base, { by: "policy", workload: workload ?? undefined, namespace: namespace ?? undefined, callers: asked });
  const { policies, policyCount, yaml, proof } = proposal;
  const isProven = proof.cut === 0 && proof.opened === 0;
  const hasRules = policies.some(({ rules }) => rules.length > 0);
  return (
    <>
      <div className="net-bar net-callers">
        <LinkTabs
          kind="seg"
          label="Whom Services stay open to"
          tabs={[
            { href: href("cluster"), label: "Services open to every pod", current: callers === "cluster" },
            { href: href("named"), label: "Only to callers that name them", current: callers === "named" },
          ]}
        />
      </div>
      {policyCount === 0 ? null : (
        <div className="sec cols">
          <Section
            ruled={false}
            className="c7"
            title={policyCount === 1 ? "The policy" : `${formatCount(policyCount)} policies`}
            note={
              <span className="no-print">
                <CopyButton kind="link" text={yaml}>
                  Copy YAML
                </CopyButton>
              </span>
            }
          >
            <CodeBlock text={yaml} label="Generated NetworkPolicies" />
          </Section>
          <div className="c5">
            <Section ruled={false} title="What was checked">
              <ul className="checks">
                <li>
                  <StateGlyph state={isProven ? "pass" : "manual"} />
                  <span>{networkProofSentence(proof)}</span>
                </li>
                <li>
                  <StateGlyph state="pass" />
                  <span>{networkChangeSentence(proof)}</span>
                </li>
                {policies
                  .filter(({ rules, targetCount }) => rules.length > 0 && targetCount > 1)
                  .slice(0, SHOWN)
                  .map((policy) => (
                    <li key={policy.name}>
                      <StateGlyph state="manual" />
                      <span>
                        <span className="mono">{showHidden(policy.name)}</span>{" "}
                        {`selects ${targetWords(policy)}: their labels are the same, so it allows what any of them needs.`}
                      </span>
                    </li>
                  ))}
                <li className="muted">
                  <span>{`It is text to copy: nothing is applied. ${capitalise(joinWords(policies[0]?.directions.map((one) => (one === "ingress" ? "into" : "out of")) ?? []))} the pods it selects, all that no rule allows is closed.`}</span>
                </li>
              </ul>
            </Section>
            <Assumptions answer={answer} proposal={proposal} />
          </div>
        </div>
      )}
      {hasRules ? (
        <Section
          title="Why each rule is there"
          note={policyCount > policies.length ? `the first ${formatCount(policies.length)} of ${formatNoun(policyCount, "policy", "policies")}` : undefined}
        >
          <RuleTable policies={policies} cluster={cluster} />
        </Section>
      ) : null}
      {proposal.skipped.length === 0 ? null : <Skipped skipped={proposal.skipped} cluster={cluster} />}
    </>
  );
}
