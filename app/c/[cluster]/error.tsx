"use client";
import type { ReactNode } from "react";
import { PageError } from "@/components/shell/page-error";

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

export default function Failed({ error, retry }: Props): ReactNode {
  return <PageError say="This page could not be read" error={error} onRetry={retry} />;
}
