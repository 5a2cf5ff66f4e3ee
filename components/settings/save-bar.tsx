import type { ReactNode } from "react";
import { Button } from "../primitives/button";
import { SaveNote } from "./save-note";

interface SaveBarProps {
  readonly draft: {
    readonly isAsking: boolean;
    readonly isChanged: boolean;
    readonly isSaved: boolean;
    readonly problem: string | null;
    readonly discard: () => void;
  };
  readonly saved: string;
  readonly onDiscard?: () => void;
  /** What comes before it and what after it. */
  readonly before?: ReactNode;
  readonly children?: ReactNode;
}

/** The end of a form: saves what was written, or goes back to what is stored. */
export function SaveBar({ draft, saved, onDiscard, before, children }: SaveBarProps): ReactNode {
  const { isAsking, isChanged, isSaved, problem, discard } = draft;
  return (
    <div className="state acts">
      {before}
      {/* A page of settings has many forms: the one that was written in stands out. */}
      <Button type="submit" kind={isChanged ? "solid" : "line"} disabled={isAsking}>
        Save
      </Button>
      {isChanged ? (
        <Button
          onClick={() => {
            discard();
            onDiscard?.();
          }}
        >
          Discard changes
        </Button>
      ) : null}
      {children}
      {isChanged && problem === null ? <span className="muted">Not saved yet</span> : null}
      <SaveNote isSaved={isSaved} problem={problem} saved={saved} />
    </div>
  );
}
