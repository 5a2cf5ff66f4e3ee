import type { ReactNode } from "react";
import { showHidden } from "@/lib/format/show-hidden";
import { Parted } from "./parted";

/** A name as the cluster has it: with what hides in it, and on more lines between its parts. */
export function ObjectName({ name }: { readonly name: string }): ReactNode {
  return <Parted text={showHidden(name)} />;
}
