import type { Metadata } from "next";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/charts/brand-mark";
import { NotHere } from "@/components/shell/not-here";

export const metadata: Metadata = { title: "Unknown cluster" };

/** An address of a cluster that is not known: the frame around pages of a cluster has nothing to show. */
export default function NotFound(): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      <NotHere answer="No cluster has this name">
        The address names a cluster that is not known here: it may have another name, or belong to another installation.
      </NotHere>
    </main>
  );
}
