import type { ReactNode } from "react";
import { BrandMark } from "../charts/brand-mark";
import { NotHere } from "./not-here";

/** An address of a cluster that is not known: the frame around pages of a cluster has nothing to show. `forgotten` says when one was; null = none was. */
export function UnknownCluster({ forgotten }: { readonly forgotten: string | null }): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      {forgotten === null ? (
        <NotHere answer="No cluster has this name">
          The address names a cluster that is not known here: it may have another name, or belong to another installation.
        </NotHere>
      ) : (
        <NotHere answer={forgotten}>Its snapshots, findings and settings are gone, and no other cluster gets its address.</NotHere>
      )}
    </main>
  );
}
