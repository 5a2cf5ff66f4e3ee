import type { ReactNode } from "react";
import { FindingSkeleton } from "@/components/finding/finding-skeleton";
import { PageWait } from "@/components/shell/page-wait";

export default function Template({ children }: { readonly children: ReactNode }): ReactNode {
  return <PageWait skeleton={<FindingSkeleton />}>{children}</PageWait>;
}
