"use client";
import { useSyncExternalStore } from "react";

interface Kept<T> {
  /** What was stored when the change began. */
  readonly base: T;
  readonly value: T;
  /** What the page said was stored when this was kept. */
  readonly seen: string;
}

export interface Draft<T> {
  /** What the form shows. */
  readonly value: T;
  /** What was stored when the change began: what is stored by then may be another. */
  readonly base: T;
  readonly isChanged: boolean;
  readonly change: (part: Partial<T>) => void;
  /** What is stored now; what is shown stays. */
  readonly rebase: (base: T) => void;
  /** Back to what is stored. */
  readonly discard: () => void;
}

/** By name, so that whoever leaves a form by a link, or goes back, finds there what was written. Only event handlers write it, and fields that were written in before the page came to life. */
const drafts = new Map<string, Kept<unknown>>();
const listeners = new Set<() => void>();

function isChange({ base, value }: Kept<unknown>): boolean {
  return JSON.stringify(value) !== JSON.stringify(base);
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function keep(name: string, draft: Kept<unknown> | null): void {
  if (draft === null) drafts.delete(name);
  else drafts.set(name, draft);
  if ([...drafts.values()].some(isChange)) window.addEventListener("beforeunload", warn);
  else window.removeEventListener("beforeunload", warn);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function useKept<T>(name: string): Kept<T> | undefined {
  return useSyncExternalStore(
    subscribe,
    () => drafts.get(name) as Kept<T> | undefined, // safe: a name belongs to one form
    () => undefined,
  );
}

/** What was written in a form that is on no page any more, and not saved; null = nothing. */
export function useUnsaved<T extends object>(name: string): { readonly value: T; readonly discard: () => void } | null {
  const kept = useKept<T>(name);
  return kept && isChange(kept) ? { value: kept.value, discard: () => keep(name, null) } : null;
}

/** What a form shows of what is stored, while it is edited. Until something is changed it follows what is stored. */
export function useDraft<T extends object>(name: string, stored: T): Draft<T> {
  const kept = useKept<T>(name);
  const seen = JSON.stringify(stored);
  const toLive = (draft: Kept<T> | undefined): Kept<T> => (draft && (isChange(draft) || draft.seen === seen) ? draft : { base: stored, value: stored, seen });
  const live = toLive(kept);
  return {
    value: live.value,
    base: live.base,
    isChanged: isChange(live),
    change: (part) => {
      // Two fields may change before the form is drawn again.
      const now = toLive(drafts.get(name) as Kept<T> | undefined); // safe: a name belongs to one form
      keep(name, { ...now, value: { ...now.value, ...part } });
    },
    // An answer may come when more was typed, or the form was left.
    rebase: (base) => keep(name, { value: live.value, ...drafts.get(name), base, seen }),
    discard: () => keep(name, null),
  };
}
