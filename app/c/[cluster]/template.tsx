import type { ReactNode } from "react";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { PageWait } from "@/components/shell/page-wait";

export default function Template({ children }: { readonly children: ReactNode }): ReactNode {
  return <PageWait skeleton={<PageSkeleton />}>{children}</PageWait>;
}
