import { Fragment, type ReactNode } from "react";

/** Names of objects, images and hosts: after a dash, slash or colon, before "@" or a dot that is not one of a version. */
const NAME_PARTS = /(?<=[-/:])|(?=@|\.(?!\d))/;
/** Paths of fields: before a dot. */
export const PATH_PARTS = /(?=\.)/;
/** Kinds: "Cluster|Role|Binding". */
export const KIND_PARTS = /(?<=[a-z])(?=[A-Z])/;

interface PartedProps {
  readonly text: string;
  /** Matches the places between two parts, which have no width. */
  readonly at?: RegExp;
}

/** A text without spaces that goes on below between its parts, and within one only where that is longer than a line. */
export function Parted({ text, at = NAME_PARTS }: PartedProps): ReactNode {
  return text.split(at).map((part, index) => (
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));
}
