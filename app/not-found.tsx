import type { ReactNode } from "react";
import { NotHere } from "@/components/shell/not-here";

export default function NotFound(): ReactNode {
  return (
    <main id="page" className="page">
      <NotHere />
    </main>
  );
}
