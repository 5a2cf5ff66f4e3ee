import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";

/** The filter of the matrix is state of the address. */
export default function NetworkLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return <NuqsAdapter>{children}</NuqsAdapter>;
}
