import type { ReactNode } from "react";
import { FindingSkeleton } from "@/components/finding/finding-skeleton";

export default function Loading(): ReactNode {
  return <FindingSkeleton />;
}
