import type { ReactNode } from "react";
import { PageSkeleton } from "@/components/shell/page-skeleton";

export default function Loading(): ReactNode {
  return <PageSkeleton />;
}
