import type { ReactNode } from "react";
import { toReadLine } from "@/lib/format/read-line";

/** Values of this many letters are never cut: "not set", an image of a node. */
const SHORT = 20;

/** A field and its value on one line; where the line is too short, the way to the field is cut, not the value. */
export function ReadLine({ read }: { readonly read: string }): ReactNode {
  const line = toReadLine(read);
  if (line === null)
    return (
      <span className="read mono" title={read}>
        <span className="read-v">{read}</span>
      </span>
    );
  return (
    <span className="read mono" title={read}>
      {line.head === "" ? null : <span className="read-h">{line.head}</span>}
      <span className="read-s">{line.step}</span>
      <span className={line.value.length <= SHORT ? "read-v keep" : "read-v"}>: {line.value}</span>
    </span>
  );
}
