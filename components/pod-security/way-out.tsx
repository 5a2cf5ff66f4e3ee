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

/** How many they are, and where they are listed; of none there is no list. */
function Namespaces({ count, href }: { readonly count: number; readonly href: string }): ReactNode {
  const words = formatNoun(count, "namespace");
  if (count === 0) return words;
  return (
    <PostureLink className="link" href={href}>
      {words}
    </PostureLink>
  );
}

/** The steps up, with the figures of this cluster: on an old server they are the way out of PodSecurityPolicy. */
export function WayOut({ answer, base }: { readonly answer: ListPodSecurityResponse; readonly base: string }): ReactNode {
  const { counts, servesPodSecurityPolicy } = answer;
  const { step, blocked } = counts;
  return (
    <Section
      title={servesPodSecurityPolicy ? "The way out of PodSecurityPolicy" : "The way to a stricter level"}
      {...(servesPodSecurityPolicy && { note: "this server still serves it; 1.25 does not" })}
    >
      <ol className="way-out">
        <li>
          {"Enforce today what refuses nothing: "}
          <Namespaces count={step} href={podSecurityHref(base, "step")} />.
        </li>
        <li>
          {"Where something blocks the next level, let that level warn and write to the audit log: "}
          <Namespaces count={blocked} href={podSecurityHref(base, "blocked")} />
          {blocked === 0 ? "." : ". The page of each has the command."}
        </li>
        <li>
          {"Change what blocks it: "}
          <PostureLink className="link" href={`${base}/findings?control=pss-baseline,pss-restricted`}>
            each finding
          </PostureLink>
          {" has the patch with which its workload meets the level."}
        </li>
        <li>{servesPodSecurityPolicy ? "Enforce the level, then delete the policies, and the rules that allow their use." : "Enforce the level."}</li>
      </ol>
    </Section>
  );
}
