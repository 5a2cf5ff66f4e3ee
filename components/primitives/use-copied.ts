"use client";
import { useCallback, useEffect, useState } from "react";
import { copyText } from "./copy-text";

/** `copied` stays true for two seconds after a copy that worked. */
export function useCopied(): { readonly copied: boolean; readonly copy: (text: string) => void } {
  const [copiedAt, setCopiedAt] = useState(0);
  useEffect(() => {
    if (copiedAt === 0) return;
    const timer = setTimeout(() => setCopiedAt(0), 2000);
    return () => clearTimeout(timer);
  }, [copiedAt]);
  const copy = useCallback((text: string) => {
    void copyText(text).then((done) => {
      if (done) setCopiedAt(Date.now());
    });
  }, []);
  return { copied: copiedAt !== 0, copy };
}
