"use client";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Width of an element in px, `fallbackPx` until it is measured. */
export function useElementWidth<E extends HTMLElement>(fallbackPx: number): readonly [RefObject<E | null>, number] {
  const ref = useRef<E | null>(null);
  const [widthPx, setWidthPx] = useState(fallbackPx);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => setWidthPx(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, widthPx];
}
