import type { Metadata } from "next";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/charts/brand-mark";
import { NotHere } from "@/components/shell/not-here";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound(): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      <NotHere />
    </main>
  );
}
