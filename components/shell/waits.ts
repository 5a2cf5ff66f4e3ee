"use client";
import { useLayoutEffect, useSyncExternalStore } from "react";

/** How many parts of the page wait for their answer at this moment. */
let waiting = 0;
const listeners = new Set<() => void>();

function change(by: number): void {
  waiting += by;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that what is on screen waits for its answer, as long as the caller is shown and `isWaiting`. */
export function useWait(isWaiting = true): void {
  useLayoutEffect(() => {
    if (!isWaiting) return;
    change(1);
    return () => change(-1);
  }, [isWaiting]);
}

/** Whether any part of the page waits at this moment. */
export function isWaitingNow(): boolean {
  return waiting > 0;
}

/** The same, as long as the caller is shown. */
export function useIsWaiting(): boolean {
  return useSyncExternalStore(subscribe, isWaitingNow, () => false);
}
