import clsx from "clsx";
import type { ReactNode } from "react";
import { type ReadLine as ParsedLine, toReadLine } from "@/lib/format/read-line";
import { showHidden } from "@/lib/format/show-hidden";
import { Entries } from "../primitives/entries";
import { Parted, PATH_PARTS } from "../primitives/parted";

/** Values, and last steps of a path, of this many letters are never cut: "not set", an image of a node, "[1]". */
const SHORT = 20;
/** Of a path as short as "rules[12]" a cut would leave nothing. */
const SHORT_PATH = 12;

interface ReadLineProps {
  readonly read: string;
  /** One line, and only the last step of the path, where it stands beside the same field of another moment; the whole path is in its title. */
  readonly isShort?: boolean;
}

/** A field and its value on two lines at most. The short form has one; where that is too short, both are cut, a short value never. */
export function ReadLine({ read: raw, isShort = false }: ReadLineProps): ReactNode {
  const read = showHidden(raw);
  const line = toReadLine(read);
  if (line === null)
    return (
      <span className={clsx("read said", !isShort && "two")} title={read}>
        <span className="read-v">{read}</span>
      </span>
    );
  // A place in a list says nothing without the list.
  if (isShort && line.step.startsWith(".")) return <ReadLineParts read={read} isShort head="" step={line.step.slice(1)} value={line.value} />;
  return <ReadLineParts read={read} isShort={isShort} {...line} />;
}

function ReadLineParts({ read, isShort, ...line }: ParsedLine & { readonly read: string; readonly isShort: boolean }): ReactNode {
  return (
    <span className={clsx("read mono", !isShort && "two")} title={read}>
      {line.head === "" ? null : (
        <span className={clsx("read-h", line.head.length + line.step.length <= SHORT_PATH && "keep")}>
          {isShort ? line.head : <Parted text={line.head} at={PATH_PARTS} />}
        </span>
      )}
      {isShort ? null : <wbr />}
      <span className={clsx("read-s", line.step.length <= SHORT && "keep")}>
        <Entries text={line.step} />
        {": "}
      </span>
      <span className={clsx("read-v", line.value.length <= SHORT && "keep")}>
        <Entries text={line.value} />
      </span>
    </span>
  );
}
