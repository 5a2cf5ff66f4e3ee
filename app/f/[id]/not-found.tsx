import type { Metadata } from "next";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/charts/brand-mark";
import { NotHere } from "@/components/shell/not-here";

/** Without scripts the tab bears this title, and with them that of the page: both say the same. */
export const metadata: Metadata = { title: "Finding" };

export default function NotFound(): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      <NotHere answer="No finding has this id">
        Check the link: an id is never given twice and never taken away, so a finding that was fixed keeps its page.
      </NotHere>
    </main>
  );
}
