import clsx from "clsx";
import type { ReactNode } from "react";
import { toReadLine } from "@/lib/format/read-line";
import { showHidden } from "@/lib/format/show-hidden";
import { Parted, PATH_PARTS } from "../primitives/parted";

/** Values, and last steps of a path, of this many letters are never cut: "not set", an image of a node, "[1]". */
const SHORT = 20;
/** Of a path as short as "rules[12]" a cut would leave nothing. */
const SHORT_PATH = 12;

interface ReadLineProps {
  readonly read: string;
  /** One line, and only the last step of the path, where it stands beside the same field of another moment; the whole path is in its title. */
  readonly isShort?: boolean;
  /** Where a value goes on below: how its parts are kept whole. The list of findings, which a browser draws, has one line, and no room for the script. */
  readonly words?: (text: string) => ReactNode;
}

/** A field and its value on two lines at most. The short form has one; where that is too short, both are cut, a short value never. */
export function ReadLine({ read: raw, isShort = false, words = String }: ReadLineProps): ReactNode {
  const read = showHidden(raw);
  const line = toReadLine(read);
  if (line === null)
    return (
      <span className={clsx("read said", !isShort && "two")} title={read}>
        <span className="read-v">{read}</span>
      </span>
    );
  const { head, step, value } = line;
  // A place in a list says nothing without the list.
  const isField = isShort && step.startsWith(".");
  return (
    <span className={clsx("read mono", !isShort && "two")} title={read}>
      {head === "" || isField ? null : (
        <span className={clsx("read-h", head.length + step.length <= SHORT_PATH && "keep")}>{isShort ? head : <Parted text={head} at={PATH_PARTS} />}</span>
      )}
      {isShort ? null : <wbr />}
      <span className={clsx("read-s", step.length <= SHORT && "keep")}>
        {words(isField ? step.slice(1) : step)}
        {": "}
      </span>
      <span className={clsx("read-v", value.length <= SHORT && "keep")}>{words(value)}</span>
    </span>
  );
}
