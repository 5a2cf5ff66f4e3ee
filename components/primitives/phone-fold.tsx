import type { ReactNode } from "react";

interface PhoneFoldProps {
  readonly name: ReactNode;
  readonly note: string;
  /** Unfolded from the start. */
  readonly isOpen: boolean;
}

/**
 * The line that folds what follows it on a phone, where a long list hides what comes after it; wider screens never show it. It stands
 * first in an element of the class `foldable`: a table's rows cannot stand inside a fold, so style sheets do what it says.
 */
export function PhoneFold({ name, note, isOpen }: PhoneFoldProps): ReactNode {
  return (
    <details className="fold" open={isOpen}>
      <summary>
        <span className="fold-name">{name}</span>
        <span className="cap">{note}</span>
      </summary>
    </details>
  );
}
