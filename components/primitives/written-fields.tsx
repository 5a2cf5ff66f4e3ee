"use client";
import { type ComponentProps, type ReactNode, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { findWritten } from "./written-early";

type Props<Tag extends "input" | "textarea" | "select"> = Omit<ComponentProps<Tag>, "value" | "onChange" | "autoComplete"> & {
  readonly value: string;
  readonly onChange: (written: string) => void;
};

/** What was written before the scripts were there is written for the page too, which would throw it away with its next change. */
function useWritten<Element extends HTMLElement>({ value, onChange }: Pick<Props<"input">, "value" | "onChange">): RefObject<Element | null> {
  const field = useRef<Element>(null);
  const adopt = useEffectEvent((): void => {
    const written = field.current && findWritten(field.current);
    if (written !== null && written !== value) onChange(written);
  });
  useEffect(() => adopt(), []);
  return field;
}

/** What a browser would put back into a page that is loaded again is nobody's choice: of these fields it keeps nothing. */
export function TextInput({ value, onChange, ...rest }: Props<"input">): ReactNode {
  const field = useWritten<HTMLInputElement>({ value, onChange });
  return <input {...rest} ref={field} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />;
}

export function TextArea({ value, onChange, ...rest }: Props<"textarea">): ReactNode {
  const field = useWritten<HTMLTextAreaElement>({ value, onChange });
  return <textarea {...rest} ref={field} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />;
}

export function SelectInput({ value, onChange, ...rest }: Props<"select">): ReactNode {
  const field = useWritten<HTMLSelectElement>({ value, onChange });
  return <select {...rest} ref={field} className="ctl line" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />;
}
