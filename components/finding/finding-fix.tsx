import type { ReactNode } from "react";
import type { FindingPatch, FindingResponse } from "@/lib/contracts/findings";
import { managedSentence, proofSentence, riskSentence } from "@/lib/format/finding-titles";
import { isWholeCluster } from "@/lib/model/resource-ref";
import { CodeBlock } from "../primitives/code-block";
import { CopyButton } from "../primitives/copy-button";
import { DiffBlock } from "../primitives/diff-block";
import { Prose } from "../primitives/prose";
import { Section } from "../primitives/section";
import { StateGlyph } from "../primitives/state-glyph";
import { CommandText } from "../primitives/command-text";

function Copies({ patch }: { readonly patch: FindingPatch }): ReactNode {
  return (
    <span className="no-print copies">
      <CopyButton kind="link" text={patch.kubectl}>
        Copy kubectl
      </CopyButton>
      {patch.jsonPatch === null ? null : (
        <>
          {" "}
          ·{" "}
          <CopyButton kind="link" text={patch.jsonPatch}>
            Copy JSON Patch
          </CopyButton>
        </>
      )}
      {patch.manifest === null ? null : (
        <>
          {" "}
          ·{" "}
          <CopyButton kind="link" text={patch.manifest}>
            Copy manifest
          </CopyButton>
        </>
      )}
    </span>
  );
}

function Proof({ patch, seq }: { readonly patch: FindingPatch; readonly seq: number }): ReactNode {
  const isProven = patch.proof?.turnsGreen === true && patch.proof.breaks.length === 0 && patch.proof.uncovers.length === 0 && patch.untold === null;
  return (
    <ul className="checks">
      <li>
        <StateGlyph state={isProven ? "pass" : "manual"} />
        <span>{proofSentence(patch.proof, patch, seq)}</span>
      </li>
      <li>
        <StateGlyph state={patch.managedBy === null ? "pass" : "manual"} />
        <span>{managedSentence(patch.managedBy)}</span>
      </li>
      <li className="muted">
        <span>
          {riskSentence(patch.risk, patch.jsonPatch !== null)}
          {patch.note === null ? null : (
            <>
              {" "}
              <Prose text={patch.note} />
            </>
          )}
        </span>
      </li>
    </ul>
  );
}

/** The change that closes the finding, tried before it is shown; in words where no safe patch exists. */
export function FindingFix({ finding, isFailing }: { readonly finding: FindingResponse; readonly isFailing: boolean }): ReactNode {
  const { patch, fix, moment } = finding;
  if (patch === null) {
    return (
      <Section ruled={false} className="c6" title={isFailing ? "Fix: by hand" : "What the fix is"}>
        <p className="prose">
          <Prose text={fix} />
        </p>
        {!isFailing ? null : (
          <p className="cap" style={{ marginTop: 8 }}>
            No patch is offered here: what to change depends on what {isWholeCluster(finding.resource) ? "the cluster" : `the ${finding.resource.kind}`} is for.
          </p>
        )}
      </Section>
    );
  }
  const isOther = patch.target !== null && (patch.target.name !== finding.resource.name || patch.target.kind !== finding.resource.kind);
  return (
    <Section ruled={false} className="c6" title={`Fix: ${patch.title.charAt(0).toLowerCase()}${patch.title.slice(1)}`} note={<Copies patch={patch} />}>
      {isOther && patch.target !== null ? (
        <p className="cap" style={{ marginBottom: 6 }}>
          In {patch.target.kind} <span className="mono">{patch.target.name}</span>
        </p>
      ) : null}
      {patch.diff.length === 0 ? null : <DiffBlock lines={patch.diff} label="Patch" />}
      {patch.manifest === null ? null : (
        <>
          <p className="cap" style={{ margin: "8px 0 4px" }}>
            To apply
          </p>
          <CodeBlock text={patch.manifest} label="Manifest to apply" />
        </>
      )}
      {patch.diff.length === 0 && patch.manifest === null ? <CommandText text={patch.kubectl} /> : null}
      {moment.at === null ? null : <Proof patch={patch} seq={moment.at.seq} />}
    </Section>
  );
}
