import type { ReactNode } from "react";

/** Beside a button: what came of it. A problem is announced at once. */
export function SaveNote({
  isSaved,
  problem,
  saved = "Saved",
}: {
  readonly isSaved: boolean;
  readonly problem: string | null;
  readonly saved?: string;
}): ReactNode {
  if (problem !== null)
    return (
      <span role="alert" className="field-error">
        {problem}
      </span>
    );
  return <span role="status">{isSaved ? saved : ""}</span>;
}
