"use client";
import { type ReactNode, Suspense, useState, useSyncExternalStore } from "react";
import { useWait } from "./waits";

const never = (): (() => void) => () => undefined;

/** True in a page that the server sent whole, as long as it is shown. */
function useIsDocument(): boolean {
  const isDocument = useSyncExternalStore(
    never,
    () => false,
    () => true,
  );
  return useState(isDocument)[0];
}

function Waiting({ children }: { readonly children: ReactNode }): ReactNode {
  useWait();
  return children;
}

/**
 * Shows the shape of a page that was gone to by a link until its answer is there. A page that is loaded gets no such place to wait in: the server
 * then sends nothing before the answer is known, so its status is that of the answer, and a reader without scripts sees the page and no skeleton.
 */
export function PageWait({ skeleton, children }: { readonly skeleton: ReactNode; readonly children: ReactNode }): ReactNode {
  return useIsDocument() ? children : <Suspense fallback={<Waiting>{skeleton}</Waiting>}>{children}</Suspense>;
}
