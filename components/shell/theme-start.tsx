"use client";
import { useLayoutEffect } from "react";
import { findTheme } from "./theme";

/** An address that leads nowhere is drawn by the browser alone, where scripts of the head do not run: without this it is always light. */
export function ThemeStart(): null {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (dataset.theme !== undefined) return;
    const theme = findTheme();
    dataset.theme = theme === "system" ? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light") : theme;
  }, []);
  return null;
}
