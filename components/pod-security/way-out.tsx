import type { ReactNode } from "react";
import type { ListPodSecurityResponse } from "@/lib/contracts/pod-security";
import { formatNoun } from "@/lib/format/numbers";
import { CopyButton } from "../primitives/copy-button";
import { Section } from "../primitives/section";
import { PostureLink } from "../shell/posture-link";
import { podSecurityHref } from "./pod-security-href";

/** The commands of all namespaces that can step up, in one block. */
export function AllCommands({ commands }: { readonly commands: readonly string[] }): ReactNode {
  if (commands.length === 0) return null;
  const text = commands.join("\n");
  return (
    <Section title="Label what breaks nothing" note={`${formatNoun(commands.length, "command")}, platform namespaces left out`}>
      <pre className="pre commands" tabIndex={0}>
        {text}
      </pre>
      <div className="say-acts">
        <CopyButton text={`${text}\n`}>{commands.length === 1 ? "Copy the command" : "Copy all commands"}</CopyButton>
      </div>
    </Section>
  );
}

/** How PodSecurityPolicy is left, with the figures of this cluster. */
export function WayOut({ answer, base }: { readonly answer: ListPodSecurityResponse; readonly base: string }): ReactNode {
  const { step, blocked } = answer.counts;
  return (
    <Section
      title="The way out of PodSecurityPolicy"
      note={answer.servesPodSecurityPolicy ? "this server still serves it; 1.25 does not" : "Kubernetes serves it no more since 1.25"}
    >
      <ol className="way-out">
        <li>
          {"Enforce today what refuses nothing: "}
          <PostureLink className="link" href={podSecurityHref(base, "step")}>
            {formatNoun(step, "namespace")}
          </PostureLink>
          .
        </li>
        <li>
          {"Where something stands in the way of the next level, let that level warn and write to the audit log: "}
          <PostureLink className="link" href={podSecurityHref(base, "blocked")}>
            {formatNoun(blocked, "namespace")}
          </PostureLink>
          . The page of each has the command.
        </li>
        <li>
          {"Change what stands in the way: "}
          <PostureLink className="link" href={`${base}/findings?control=pss-baseline,pss-restricted`}>
            each finding
          </PostureLink>
          {" has the patch with which its workload meets the level."}
        </li>
        <li>Enforce the level, then delete the policies, and the rules that allow their use.</li>
      </ol>
    </Section>
  );
}
