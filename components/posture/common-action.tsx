import type { ReactNode } from "react";

interface WithAction {
  readonly action: string | null;
}

/** The action that closes every one of several gaps; null = they differ, or there is none. */
export function findCommonAction([first, ...others]: readonly WithAction[]): string | null {
  return first?.action && others.length > 0 && others.every(({ action }) => action === first.action) ? first.action : null;
}

/** Said once above gaps that one action closes, in place of below each. */
export function CommonAction({ action }: { readonly action: string }): ReactNode {
  return (
    <p className="gaps">
      For each of them:
      <b className="gap-act">{action}</b>
    </p>
  );
}
