"use client";
import type { ReactNode } from "react";
import { PageError } from "@/components/shell/page-error";

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function Failed({ error, reset }: Props): ReactNode {
  return (
    <main id="page" className="page">
      <PageError say="The cluster could not be read" error={error} onRetry={reset} />
    </main>
  );
}
