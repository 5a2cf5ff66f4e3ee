import type { ReactNode } from "react";
import { ListSkeleton } from "@/components/primitives/list-skeleton";
import { PageWait } from "@/components/shell/page-wait";

export default function Template({ children }: { readonly children: ReactNode }): ReactNode {
  return <PageWait skeleton={<ListSkeleton label="Reading the findings" />}>{children}</PageWait>;
}
