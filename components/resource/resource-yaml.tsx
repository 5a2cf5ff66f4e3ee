import type { ReactNode } from "react";
import type { ResourceResponse } from "@/lib/contracts/resources";
import { formatNoun } from "@/lib/format/numbers";
import { CodeBlock } from "../primitives/code-block";
import { CopyButton } from "../primitives/copy-button";
import { Message } from "../primitives/message";
import { Section } from "../primitives/section";

/** The manifest as it was remembered, with the lines that findings are about. */
export function ResourceYaml({ resource }: { readonly resource: ResourceResponse }): ReactNode {
  const { yaml, ref } = resource;
  if (yaml === null)
    return (
      <div className="sec">
        <Message say="No manifest is kept for this object">It is known from what others say of it: bindings, pods or reports.</Message>
      </div>
    );
  const notes = new Map<number, string>();
  for (const { line, message } of yaml.marks) if (!notes.has(line)) notes.set(line, message);
  return (
    <Section
      title={
        notes.size === 0 ? "No line of it is evidence of a finding" : `${formatNoun(notes.size, "line")} of it ${notes.size === 1 ? "is" : "are"} evidence`
      }
      note={
        <CopyButton kind="link" text={yaml.text}>
          Copy YAML
        </CopyButton>
      }
    >
      <CodeBlock label={`Manifest of ${ref.kind} ${ref.name}`} text={yaml.text} marks={[...notes].map(([line, note]) => ({ line, note }))} />
      <p className="cap foot-note">As kept: managed fields are dropped, and values that look like secrets are redacted.</p>
    </Section>
  );
}
