"use client";
import { type ReactNode, useState } from "react";
import type { FindingResponse } from "@/lib/contracts/findings";
import { formatNoun } from "@/lib/format/numbers";
import { splitYamlLine } from "../primitives/yaml-line";
import { foldLines } from "./fold-lines";
import { isShort } from "./is-short";

interface EvidenceYamlProps {
  readonly yaml: NonNullable<FindingResponse["yaml"]>;
  /** "Deployment cart" */
  readonly object: string;
}

function Note({ messages }: { readonly messages: readonly string[] }): ReactNode {
  const short = [...new Set(messages.filter(isShort))];
  return short.length === 0 ? null : <span className="note">{short.join(" ").replaceAll("`", "")}</span>;
}

/** The object as it was, with the lines that are the evidence; long ones folded until somebody asks for the whole. */
export function EvidenceYaml({ yaml, object }: EvidenceYamlProps): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const notes = Map.groupBy(yaml.marks, (mark) => mark.line);
  const folded = foldLines(
    yaml.text,
    yaml.marks.map((mark) => mark.line),
  );
  const canFold = folded.some((part) => part.kind === "fold");
  const parts = isWhole ? [{ kind: "lines" as const, first: 1, lines: yaml.text.replace(/\n$/, "").split("\n") }] : folded;
  return (
    <>
      <div className="yaml" tabIndex={0} role="region" aria-label={`${object} as YAML, evidence marked`}>
        <ol>
          {parts.flatMap((part) => {
            if (part.kind === "fold")
              return [
                <li key={part.first} className="fold">
                  <button type="button" className="asText link" onClick={() => setWhole(true)}>
                    {formatNoun(part.count, "line")}
                  </button>
                </li>,
              ];
            return part.lines.map((line, index) => {
              const number = part.first + index;
              const marks = notes.get(number);
              const { key, rest } = splitYamlLine(line);
              return (
                <li key={number} data-line={number} className={marks === undefined ? undefined : "hit"}>
                  <span className="k">{key}</span>
                  {rest}
                  <Note messages={marks?.map((mark) => mark.message) ?? []} />
                </li>
              );
            });
          })}
        </ol>
      </div>
      {canFold ? (
        <p className="cap no-print" style={{ marginTop: 6 }}>
          <button type="button" className="asText link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? "Only the evidence" : "Whole object"}
          </button>
        </p>
      ) : null}
    </>
  );
}
