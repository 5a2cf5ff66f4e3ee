import type { ReactNode } from "react";
import { FindingsSkeleton } from "@/components/findings/findings-skeleton";
import { PageWait } from "@/components/shell/page-wait";

export default function Template({ children }: { readonly children: ReactNode }): ReactNode {
  return <PageWait skeleton={<FindingsSkeleton />}>{children}</PageWait>;
}
