import type { CSSProperties, ReactNode } from "react";
import { nameEnds } from "@/lib/format/name-ends";

/** A name on one line of which the middle gives way where room is short: long names differ at their ends. */
export function NameEnds({ name }: { readonly name: string }): ReactNode {
  const [head, tail] = nameEnds(name);
  return (
    <span className="name-ends" dir="auto" style={{ "--tail": tail.length } as CSSProperties}>
      {head === "" ? null : <span className="clip">{head}</span>}
      <span className="clip">{head === "" ? tail : <bdi>{tail}</bdi>}</span>
    </span>
  );
}
