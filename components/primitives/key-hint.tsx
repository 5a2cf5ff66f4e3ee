import type { ReactNode } from "react";

export function KeyHint({ children }: { readonly children: ReactNode }): ReactNode {
  return <kbd className="kbd">{children}</kbd>;
}
