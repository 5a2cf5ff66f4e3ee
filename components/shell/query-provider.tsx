"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/**
 * For pages that read more than they came with: what was read stays while the reader moves between them. Asked whatever the browser says of its network: a
 * machine without one still reaches its own server, and who does not is to be told, not to wait.
 */
export function QueryProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false, networkMode: "always" } } }));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
