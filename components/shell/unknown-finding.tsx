import type { ReactNode } from "react";
import { BrandMark } from "../charts/brand-mark";
import { NotHere } from "./not-here";

/** A link to a finding that there is not. */
export function UnknownFinding(): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      <NotHere answer="No finding has this id">
        Check the link: an id is never given twice and never taken away, so a finding that was fixed keeps its page.
      </NotHere>
    </main>
  );
}
