import type { ReactNode } from "react";
import { QueryProvider } from "@/components/shell/query-provider";

/** Around the list and each finding, so that going back finds the rows that were loaded. */
export default function FindingsLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return <QueryProvider>{children}</QueryProvider>;
}
