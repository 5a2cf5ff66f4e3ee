"use client";
import { type ReactNode, useRef, useState } from "react";
import { formatNoun } from "@/lib/format/numbers";
import { YamlLines } from "../primitives/code-block";
import { foldLines, toLines } from "../primitives/fold-lines";

interface EvidenceYamlProps {
  readonly text: string;
  /** What is said at each line that is evidence; an empty text says nothing. */
  readonly notes: ReadonlyMap<number, string>;
  /** "Deployment cart" */
  readonly object: string;
}

/** The object as it was, with the lines that are the evidence; long ones folded until somebody asks for the whole. */
export function EvidenceYaml({ text, notes, object }: EvidenceYamlProps): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  // The fold goes with the lines that it stood for: the keyboard goes on at what folds them again.
  const unfold = (): void => {
    setWhole(true);
    toggle.current?.focus({ preventScroll: true });
  };
  const folded = foldLines(text, [...notes.keys()]);
  const canFold = folded.some((part) => part.kind === "fold");
  // Where no line is the evidence, the head of a long object says nothing.
  const isShown = isWhole || !canFold || notes.size > 0;
  return (
    <>
      {isShown ? (
        <YamlLines
          label={notes.size === 0 ? `${object} as YAML` : `${object} as YAML, evidence marked`}
          parts={isWhole ? [{ kind: "lines", first: 1, lines: toLines(text) }] : folded}
          notes={notes}
          fold={({ count }) => (
            <button type="button" className="asText link" onClick={unfold}>
              {formatNoun(count, "line")}
            </button>
          )}
        />
      ) : null}
      {canFold ? (
        <p className="cap no-print" style={{ marginTop: 6 }}>
          <button ref={toggle} type="button" className="asText link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? (notes.size === 0 ? "Hide the object" : "Only the evidence") : "Whole object"}
          </button>
        </p>
      ) : null}
    </>
  );
}
