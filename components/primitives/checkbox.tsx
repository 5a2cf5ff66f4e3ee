"use client";
import { type ComponentProps, type ReactNode, useEffect, useEffectEvent, useRef } from "react";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "className" | "checked" | "onChange" | "autoComplete"> {
  readonly checked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}

/**
 * A box that somebody ticked before the scripts were there is ticked for the page too: React leaves it as it found it, so that it would say one thing and
 * the page another. What a browser would put back into a page that is loaded again is nobody's choice.
 */
export function Checkbox({ checked, onChange, ...rest }: CheckboxProps): ReactNode {
  const box = useRef<HTMLInputElement>(null);
  const adopt = useEffectEvent((): void => {
    if (box.current !== null && box.current.checked !== checked) onChange(box.current.checked);
  });
  useEffect(() => adopt(), []);
  return (
    <input {...rest} ref={box} type="checkbox" className="check" autoComplete="off" checked={checked} onChange={(event) => onChange(event.target.checked)} />
  );
}
