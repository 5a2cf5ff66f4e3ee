"use client";
import type { ReactNode } from "react";
import { useUnsaved } from "@/lib/client/use-draft";
import type { OwnControlDto } from "@/lib/contracts/own-controls";
import { Button } from "../primitives/button";
import { Section } from "../primitives/section";
import { ownDraftName } from "./draft-name";

/** What was written in a control that somebody else deleted meanwhile, to be copied: a scan that ends shows the page anew, without the form. */
export function UnsavedControl({ cluster, id }: { readonly cluster: string; readonly id: string }): ReactNode {
  const unsaved = useUnsaved<OwnControlDto>(ownDraftName(cluster, id));
  if (unsaved === null) return null;
  const text = Object.entries(unsaved.value).map(([name, value]) => `${name}: ${value}`);
  return (
    <Section title="What was written here, and not saved">
      <pre className="pre" tabIndex={0}>
        {text.join("\n")}
      </pre>
      <p className="say-acts">
        <Button onClick={unsaved.discard}>Discard it</Button>
      </p>
    </Section>
  );
}
