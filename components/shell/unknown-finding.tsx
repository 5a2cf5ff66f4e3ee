import type { ReactNode } from "react";
import { BrandMark } from "../charts/brand-mark";
import { NotHere } from "./not-here";

/** A link to a finding that there is not. */
export function UnknownFinding(): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      <NotHere answer="No finding has this id">
        Check the link: a finding that was fixed keeps its page, and only one of a cluster that was forgotten loses it.
      </NotHere>
    </main>
  );
}
