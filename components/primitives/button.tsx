import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { KeyHint } from "./key-hint";

interface ButtonProps extends ComponentProps<"button"> {
  /** line = outlined, solid = the one main action of a view, quiet = text only */
  readonly kind?: "line" | "solid" | "quiet";
  readonly hint?: string;
}

export function Button({ kind = "line", hint, className, children, ...rest }: ButtonProps): ReactNode {
  return (
    <button type="button" {...rest} className={clsx("ctl", kind !== "quiet" && kind, className)}>
      {children}
      {hint === undefined ? null : <KeyHint>{hint}</KeyHint>}
    </button>
  );
}
