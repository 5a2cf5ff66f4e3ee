"use client";
import { useLinkStatus } from "next/link";
import type { ReactNode } from "react";

/** Marks the link that it is in, from the click until the page is there (`.link-going`). */
export function LinkGoing(): ReactNode {
  return useLinkStatus().pending ? <span className="link-going" aria-hidden="true" /> : null;
}
