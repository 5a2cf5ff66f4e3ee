import type { ReactNode } from "react";
import { NotHere } from "@/components/shell/not-here";

export default function NotFound(): ReactNode {
  return <NotHere />;
}
