import type { ReactNode } from "react";
import { FindingsSkeleton } from "@/components/findings/findings-skeleton";

export default function Loading(): ReactNode {
  return <FindingsSkeleton />;
}
