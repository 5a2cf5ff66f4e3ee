import type { ReactNode } from "react";
import { BrandMark } from "../charts/brand-mark";
import { NotHere } from "./not-here";

/** An address of a cluster that is not known: the frame around pages of a cluster has nothing to show. */
export function UnknownCluster(): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      <NotHere answer="No cluster has this name">
        The address names a cluster that is not known here: it may have another name, or belong to another installation.
      </NotHere>
    </main>
  );
}
